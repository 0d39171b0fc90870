package dev.datastudio.rag.extract.internal;

/** Makes text well-formed without changing what it says. */
final class TextCleaning {
    private TextCleaning() {}

    /**
     * Line ends become {@code \n}, other control characters spaces, halves of surrogate pairs U+FFFD. Everything that is
     * a character stays, also when it can't be seen.
     */
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\t')
                    || c == 0x7f
                    || (c >= 0x80 && c < 0xa0)
                    || Character.isSurrogate(c)
                    || isLineEnd(c)) {
                return rewrite(text, i);
            }
        }
        return text;
    }

    private static boolean isLineEnd(char c) {
        return c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085';
    }

    private static String rewrite(String text, int from) {
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                clean.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                clean.append('\uFFFD');
            } else if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                clean.append('\n');
                i++;
            } else if (isLineEnd(c)) {
                clean.append('\n');
            } else if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                clean.append(' ');
            } else {
                clean.append(c);
            }
        }
        return clean.toString();
    }
}
