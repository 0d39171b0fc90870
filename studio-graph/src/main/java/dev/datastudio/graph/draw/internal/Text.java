package dev.datastudio.graph.draw.internal;

import dev.datastudio.graph.draw.internal.Picture.Box;
import dev.datastudio.graph.draw.internal.Picture.Form;

/** How wide texts are, about, and how they are cut. */
final class Text {
    private static final int MAX_CHARACTERS = 28;
    private static final double TITLE_WIDTH = 7.4;
    private static final double KIND_WIDTH = 6.2;
    private static final double PADDING = 28;
    private static final double MIN_WIDTH = 84;
    private static final double HEIGHT = 36;
    private static final double HEIGHT_WITH_KIND = 48;
    private static final double PILL_WIDTH = 72;
    private static final double PILL_HEIGHT = 28;
    /** From this code point on, characters are about twice as wide. */
    private static final int WIDE = 0x1100;

    private Text() {}

    /** Width and height of a box. */
    record Size(double width, double height) {}

    static Size sizeOf(Box box) {
        if (box.form() == Form.START || box.form() == Form.END) {
            return new Size(PILL_WIDTH, PILL_HEIGHT);
        }
        double text = Math.max(width(cut(box.title()), TITLE_WIDTH), width(cut(box.kind()), KIND_WIDTH));
        double width = Math.max(MIN_WIDTH, Math.ceil((text + PADDING) / 2) * 2);
        return new Size(width, box.kind().isEmpty() ? HEIGHT : HEIGHT_WITH_KIND);
    }

    /** How wide a label is, about. */
    static double labelWidth(String label) {
        return width(cut(label), KIND_WIDTH);
    }

    private static double width(String text, double each) {
        return text.codePoints().mapToDouble(c -> c >= WIDE ? 1.8 * each : each).sum();
    }

    /** At most so many characters, on one line; the last is an ellipsis when something was cut off. */
    static String cut(String text) {
        String line = oneLine(text);
        if (line.codePointCount(0, line.length()) <= MAX_CHARACTERS) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS - 1)).stripTrailing() + "…";
    }

    /** Without what a drawing can't show: control characters, directions of writing, lone surrogates. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean shown = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && c != 0xFFFE
                    && c != 0xFFFF;
            line.appendCodePoint(shown ? c : ' ');
        });
        return line.toString().strip();
    }
}
