package dev.datastudio.rag.index;

/** Texts for PostgreSQL, which takes no U+0000 and no half of a surrogate pair. */
final class PostgresText {
    private PostgresText() {}

    /** Whether it is kept as it is. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isStrange(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** A text that can be kept, a different one for each text: the strange characters and '\' are written as escapes. */
    static String escaped(String text) {
        if (isStorable(text) && text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (isStrange(text, i)) {
                escaped.append("\\u").append(Integer.toHexString(c)).append(';');
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isStrange(String text, int place) {
        char c = text.charAt(place);
        if (Character.isHighSurrogate(c)) {
            return place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1));
        }
        return c == 0
                || (Character.isLowSurrogate(c) && (place == 0 || !Character.isHighSurrogate(text.charAt(place - 1))));
    }
}
