package dev.datastudio.api.chart;

import java.util.Locale;
import java.util.Objects;

/**
 * Size and language of a picture. Immutable.
 *
 * @param widthPx width in layout pixels, 200 to 4000
 * @param heightPx height in layout pixels, 150 to 4000
 * @param scale how many image pixels a layout pixel has in a PNG, 0.5 to 4; an SVG has no need of it
 * @param locale decides thousands separators, decimal marks and month names
 */
public record ChartStyle(int widthPx, int heightPx, double scale, Locale locale) {
    /** The default: 800 x 500 layout pixels, twice as many image pixels in each direction, English. */
    public static final ChartStyle DEFAULT = new ChartStyle(800, 500, 2, Locale.ENGLISH);

    public ChartStyle {
        require("widthPx", widthPx, 200, 4000);
        require("heightPx", heightPx, 150, 4000);
        require("scale", scale, 0.5, 4);
        Objects.requireNonNull(locale, "locale");
    }

    /** The same in another size. */
    public ChartStyle withSize(int otherWidthPx, int otherHeightPx) {
        return new ChartStyle(otherWidthPx, otherHeightPx, scale, locale);
    }

    /** The same with another number of image pixels to a layout pixel. */
    public ChartStyle withScale(double other) {
        return new ChartStyle(widthPx, heightPx, other, locale);
    }

    /** The same in another language. */
    public ChartStyle withLocale(Locale other) {
        return new ChartStyle(widthPx, heightPx, scale, other);
    }

    private static void require(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " must be in " + min + ".." + max + ", was " + value);
        }
    }
}
