package dev.datastudio.core.chart.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The letters of pictures: the JVM's logical sans-serif font, which finds glyphs of other scripts in whatever fonts the
 * machine has. Thread-safe.
 */
public final class Fonts implements TextMeasure {
    /** What an SVG names, because the viewer's machine is another one. None is wider than the font measured with. */
    public static final String CSS_FAMILIES = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private final ConcurrentMap<Key, Font> fonts = new ConcurrentHashMap<>();

    /** The font of a size and weight. */
    public Font font(double size, Mark.Weight weight) {
        Key key = new Key(size, weight);
        Font known = fonts.get(key);
        if (known == null) {
            int style = weight == Mark.Weight.BOLD ? Font.BOLD : Font.PLAIN;
            known = new Font(Font.SANS_SERIF, style, 1).deriveFont((float) size);
            fonts.put(key, known);
        }
        return known;
    }

    @Override
    public double width(String text, double size, Mark.Weight weight) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return font(size, weight).getStringBounds(text, CONTEXT).getWidth();
        } catch (NullPointerException | LinkageError | InternalError e) {
            throw missing(e);
        } catch (RuntimeException e) {
            throw missing(e);
        }
    }

    /** A JVM on a machine without any font fails in several ways, all of them while it looks for the first font. */
    private static StudioException missing(Throwable cause) {
        return new StudioException(
                ErrorCode.DEPENDENCY_MISSING,
                "This machine has no font that Java can draw with",
                "Install one, on Debian and Ubuntu with 'apt-get install fontconfig fonts-dejavu-core', and start again",
                cause);
    }

    private record Key(double size, Mark.Weight weight) {}
}
