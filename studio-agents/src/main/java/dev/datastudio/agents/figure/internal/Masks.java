package dev.datastudio.agents.figure.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blanks what looks like a number and is none; the text keeps its length. */
final class Masks {
    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*```+[ \\t]*([A-Za-z0-9_+-]*)[^\\n]*$");
    private static final Pattern CODE_LANGUAGE = Pattern.compile(
            "(?i)sql|duckdb|postgres(?:ql)?|mysql|sqlite|python|py|java|r|bash|sh|shell|javascript|js|typescript|ts");
    private static final Pattern INLINE = Pattern.compile("`[^`\\n]{1,300}`");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?://|www\\.)[^\\s<>\"|]++");
    private static final Pattern LINK_TARGET = Pattern.compile("\\]\\([^)\\n]{0,2000}\\)");
    private static final Pattern UUID =
            Pattern.compile("(?i)(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])");
    private static final Pattern CITATION = Pattern.compile("\\[[0-9]{1,3}\\]");

    private Masks() {}

    /** A copy with ASCII digits only and without names and addresses, as tool results are read. */
    static StringBuilder result(String text) {
        StringBuilder masked = asciiDigits(text);
        blank(masked, UUID);
        blank(masked, ADDRESS);
        return masked;
    }

    /** A copy for reading an answer: besides, without code, citations and targets of links. */
    static StringBuilder answer(String text) {
        StringBuilder masked = asciiDigits(text);
        fences(masked);
        Matcher inline = INLINE.matcher(masked.toString());
        while (inline.find()) {
            if (inline.group().chars().anyMatch(Character::isLetter)) {
                blank(masked, inline.start(), inline.end());
            }
        }
        blank(masked, LINK_TARGET);
        blank(masked, ADDRESS);
        blank(masked, UUID);
        blank(masked, CITATION);
        return masked;
    }

    private static StringBuilder asciiDigits(String text) {
        StringBuilder ascii = new StringBuilder(text);
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c > 0x7f && Character.isDigit(c)) {
                ascii.setCharAt(i, (char) ('0' + Character.digit(c, 10)));
            }
        }
        return ascii;
    }

    /** Code is not read; a table or plain text between fences is. */
    private static void fences(StringBuilder text) {
        Matcher fence = FENCE.matcher(text.toString());
        int open = -1;
        boolean code = false;
        while (fence.find()) {
            if (open < 0) {
                open = fence.start();
                code = CODE_LANGUAGE.matcher(fence.group(1)).matches();
            } else {
                if (code) {
                    blank(text, open, fence.end());
                }
                open = -1;
            }
        }
    }

    private static void blank(StringBuilder text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text.toString());
        while (matcher.find()) {
            blank(text, matcher.start(), matcher.end());
        }
    }

    static void blank(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
