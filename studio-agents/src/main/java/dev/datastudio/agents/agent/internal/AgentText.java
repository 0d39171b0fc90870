package dev.datastudio.agents.agent.internal;

import java.util.regex.Pattern;

/**
 * Text of people, files and tools, as a model may see it: without control characters and without what can't be seen
 * (zero-width, text direction, tags, fillers, private use), and of bounded length.
 */
final class AgentText {
    private static final String UNSEEN = "\\p{Cf}\\p{Co}\\p{Cs}\\x{E0000}-\\x{E0FFF}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
            + "\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0";
    private static final Pattern BREAK = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");
    private static final Pattern IN_A_TEXT = Pattern.compile("[[\\p{Cc}" + UNSEEN + "]&&[^\\n\\t]]+");
    private static final Pattern IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Z}" + UNSEEN + "]+");
    private static final Pattern MARK = Pattern.compile("(?i)<(\\s*/?\\s*context)");

    private AgentText() {}

    /** A text with its line breaks and its alignment. */
    static String lines(String text) {
        return IN_A_TEXT.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("");
    }

    /** A text in one line of at most so many characters. */
    static String line(String text, int max) {
        String line = IN_A_LINE.matcher(cut(text, 10 * max)).replaceAll(" ").strip();
        return line.length() <= max ? line : cut(line, max - 1).strip() + "…";
    }

    /** A text that can't end the marks around what a question is about. */
    static String unmarked(String text) {
        return MARK.matcher(text).replaceAll("< $1");
    }

    /** The start of a text, not ending between the two halves of one character. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
