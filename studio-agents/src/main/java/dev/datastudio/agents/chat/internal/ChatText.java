package dev.datastudio.agents.chat.internal;

import java.util.regex.Pattern;

/** Text of people, models and tools as it may be shown to a model: without what can't be seen, bounded, and marked. */
final class ChatText {
    private static final String UNSEEN = "\\p{Cf}\\p{Co}\\p{Cs}\\x{E0000}-\\x{E0FFF}";
    private static final Pattern BREAK = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");
    private static final Pattern IN_TEXT = Pattern.compile("[[\\p{Cc}" + UNSEEN + "]&&[^\\n\\t]]+");
    private static final Pattern IN_LINE = Pattern.compile("[\\p{Cc}\\p{Z}" + UNSEEN + "]+");
    private static final int LETTERS_OF_A_TOKEN = 6;
    private static final int DIGITS_OF_A_TOKEN = 3;

    private ChatText() {}

    /** A text with its line breaks. */
    static String clean(String text) {
        return IN_TEXT.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("");
    }

    /** A text in one line. */
    static String line(String text, int max) {
        return cut(IN_LINE.matcher(cut(text, 10 * max)).replaceAll(" ").strip(), max);
    }

    /** The start of a text, with a mark when it is not the whole. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }

    /** A clean text between two marks, which nothing in it can end. */
    static String marked(String mark, String text) {
        Pattern tag = Pattern.compile("(?i)<(\\s*/?\\s*" + Pattern.quote(mark) + ")");
        return "<" + mark + ">\n" + tag.matcher(clean(text)).replaceAll("< $1").strip() + "\n</" + mark + ">";
    }

    /**
     * An estimate of the tokens of a text, rather too high: pieces of words, groups of digits, and each other character
     * but spaces, which OpenAI's tokenizers put before the next word or together with their neighbours.
     */
    static int tokens(String text) {
        int tokens = 0;
        int letters = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters = Character.isLetter(c) ? letters + 1 : 0;
            digits = Character.isDigit(c) ? digits + 1 : 0;
            boolean begins = letters % LETTERS_OF_A_TOKEN == 1 || digits % DIGITS_OF_A_TOKEN == 1;
            boolean alone = letters == 0 && digits == 0 && c != ' ';
            tokens += begins || alone ? 1 : 0;
        }
        return tokens;
    }
}
