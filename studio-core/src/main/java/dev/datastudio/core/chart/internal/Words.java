package dev.datastudio.core.chart.internal;

/** Makes any text fit to be drawn: one line, no control characters, no broken surrogates, no turned direction. */
public final class Words {
    private static final int MAX_LENGTH = 400;
    private static final char REPLACEMENT = '\uFFFD';

    private Words() {}

    /** A text that can be drawn and written to XML; white space is one blank, longer than 400 characters is cut. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        boolean blank = true;
        for (int i = 0; i < text.length() && clean.length() < MAX_LENGTH; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isISOControl(point) || Character.isSpaceChar(point)) {
                if (!blank) {
                    clean.append(' ');
                }
                blank = true;
            } else if (!turnsDirection(point)) {
                clean.appendCodePoint(isDrawable(point) ? point : REPLACEMENT);
                blank = false;
            }
        }
        int end = clean.length();
        if (end > 0 && clean.charAt(end - 1) == ' ') {
            clean.setLength(end - 1);
        }
        return clean.toString();
    }

    /** Embeddings, overrides and isolates would turn around the text of the picture beside them. */
    private static boolean turnsDirection(int point) {
        return (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x200E
                || point == 0x200F
                || point == 0xFEFF;
    }

    private static boolean isDrawable(int point) {
        return !(point >= 0xD800 && point <= 0xDFFF) && (point & 0xFFFE) != 0xFFFE;
    }

    /** The text, or its beginning with {@code …}, so that it is at most {@code maxWidth} wide. */
    public static String shorten(String text, double maxWidth, double size, Mark.Weight weight, TextMeasure measure) {
        if (measure.width(text, size, weight) <= maxWidth) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (measure.width(cut(text, middle), size, weight) <= maxWidth) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return cut(text, low);
    }

    private static String cut(String text, int length) {
        int end = length;
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
