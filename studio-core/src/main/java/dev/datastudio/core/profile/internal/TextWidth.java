package dev.datastudio.core.profile.internal;

/**
 * How many columns of a terminal a text takes: two for East Asian wide letters and emoji, none for marks that join the
 * letter before (Unicode Standard Annex 11, in its main blocks).
 */
final class TextWidth {
    private static final int JOINER = 0x200D;
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x231A, 0x231B},
        {0x23E9, 0x23EC},
        {0x25FD, 0x25FE},
        {0x2614, 0x2615},
        {0x2648, 0x2653},
        {0x26A1, 0x26A1},
        {0x26BD, 0x26BE},
        {0x2705, 0x2705},
        {0x2728, 0x2728},
        {0x274C, 0x274C},
        {0x2753, 0x2757},
        {0x2795, 0x2797},
        {0x2B50, 0x2B55},
        {0x2E80, 0x303E},
        {0x3041, 0x33FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F7E0, 0x1F7EB},
        {0x1F900, 0x1F9FF},
        {0x1FA70, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private TextWidth() {}

    static int of(CharSequence text) {
        int width = 0;
        int before = 0;
        for (int at = 0; at < text.length(); ) {
            int c = Character.codePointAt(text, at);
            width += before == JOINER ? 0 : of(c);
            before = c;
            at += Character.charCount(c);
        }
        return width;
    }

    private static int of(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** A text in one line of at most so many columns, marked when it was cut. */
    static String cut(String text, int columns) {
        String line = Words.cut(text, 4 * Math.max(1, columns));
        if (of(line) <= columns) {
            return line;
        }
        int end = 0;
        int next = 0;
        while (next < line.length() && of(line.substring(0, next)) < columns) {
            end = next;
            next += Character.charCount(line.codePointAt(next));
        }
        return line.substring(0, end) + "…";
    }
}
