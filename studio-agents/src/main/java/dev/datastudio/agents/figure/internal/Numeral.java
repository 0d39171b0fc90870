package dev.datastudio.agents.figure.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digits in a text that are a number.
 *
 * @param start where the sign or the first digit stands
 * @param body the digits with what stands between them
 * @param negative whether a minus stands before them
 */
record Numeral(int start, String body, boolean negative, Suffix suffix) {
    private static final String GAP = "\\u00a0\\u202f\\u2009";
    private static final Pattern DIGITS =
            Pattern.compile("\\.?[0-9]++(?:[.,'’" + GAP + "][0-9]++)*+(?:[eE][+-]?[0-9]{1,3}(?![0-9]))?+");
    private static final Pattern SPACED = Pattern.compile("[0-9]{1,3}(?: [0-9]{3})++(?:,[0-9]++)?+(?![0-9.,]*[0-9])");
    private static final Pattern WORD =
            Pattern.compile("(?i)(?<![\\p{L}0-9_-])(?:(a|an|one|two|three|four|five|six|seven|eight"
                    + "|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|(twenty|thirty|forty"
                    + "|fifty|sixty|seventy|eighty|ninety)(?:-(one|two|three|four|five|six|seven|eight|nine))?)"
                    + "(?=[ -](?:hundred|thousand|million|billion|trillion|percent|per cent|%))");
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fifty", 50),
            Map.entry("sixty", 60),
            Map.entry("seventy", 70),
            Map.entry("eighty", 80),
            Map.entry("ninety", 90));

    int end() {
        return suffix.end();
    }

    /** All readings, the likelier first; none when the digits are no number. */
    List<Reading> readings(NumberStyle style) {
        List<Reading> readings = new ArrayList<>();
        for (Reading reading : Digits.read(body, style)) {
            Reading scaled = reading.times(suffix.factor());
            if (isInRange(scaled)) {
                readings.add(negative ? scaled.negated() : scaled);
            }
        }
        return readings;
    }

    /** Whether a double holds it with all its digits. */
    private static boolean isInRange(Reading reading) {
        return Math.abs(reading.value()) < 1e300 && reading.unit() > 1e-300;
    }

    /** Whether it is written as a whole number without separators, sign, scale or percent sign. */
    boolean isPlain() {
        return !negative
                && suffix.factor() == 1
                && !suffix.percent()
                && body.chars().allMatch(Character::isDigit);
    }

    private Numeral part(String part, int offset) {
        return new Numeral(start + offset, part, false, new Suffix(start + offset + part.length(), 1, false, true));
    }

    /** The numbers of a list without spaces, such as {@code 1,2.5,3}; empty when there are no commas. */
    List<Numeral> parts() {
        List<Numeral> parts = new ArrayList<>();
        int offset = negative ? 1 : 0;
        for (String part : body.split(",", -1)) {
            if (!part.isEmpty()) {
                parts.add(part(part, offset));
            }
            offset += part.length() + 1;
        }
        return parts.size() > 1 ? parts : List.of();
    }

    /** Numbers of a tool result. */
    static List<Numeral> ofResult(CharSequence text, int limit) {
        return scan(text, limit, index -> false);
    }

    /** Numbers of prose: also those whose digits are grouped by spaces, and words for numbers before a scale. */
    static List<Numeral> ofProse(CharSequence text, int limit, Predicate<Integer> isProse) {
        List<Numeral> numerals = scan(text, limit, isProse);
        Matcher word = WORD.matcher(text);
        while (word.find() && numerals.size() < limit) {
            Suffix suffix = Suffix.read(text, word.end());
            numerals.add(new Numeral(word.start(), String.valueOf(value(word)), false, suffix));
        }
        return numerals;
    }

    private static int value(Matcher word) {
        if (word.group(1) != null) {
            return WORDS.getOrDefault(word.group(1).toLowerCase(java.util.Locale.ROOT), 0);
        }
        int tens = WORDS.getOrDefault(word.group(2).toLowerCase(java.util.Locale.ROOT), 0);
        return tens
                + (word.group(3) == null ? 0 : WORDS.getOrDefault(word.group(3).toLowerCase(java.util.Locale.ROOT), 0));
    }

    private static List<Numeral> scan(CharSequence text, int limit, Predicate<Integer> spaced) {
        List<Numeral> numerals = new ArrayList<>();
        Matcher digits = DIGITS.matcher(text);
        int from = 0;
        while (numerals.size() < limit && digits.find(from)) {
            int start = digits.start();
            int end = digits.end();
            Matcher groups = SPACED.matcher(text).region(start, text.length()).useTransparentBounds(true);
            if (spaced.test(start) && groups.lookingAt()) {
                end = groups.end();
            }
            from = end;
            if (text.charAt(start) == '.' && start > 0 && isWord(text.charAt(start - 1))) {
                start++;
            }
            Suffix suffix = Suffix.read(text, end);
            if (suffix.number() && !isName(text, start)) {
                boolean negative = isNegative(text, start);
                String body = text.subSequence(start, end).toString();
                numerals.add(new Numeral(negative ? start - 1 : start, body, negative, suffix));
                from = Math.max(end, suffix.end());
            }
        }
        return numerals;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** Whether the digits go on from a word: {@code Q3}, {@code col_1}, {@code COVID-19}, {@code a.5}. */
    private static boolean isName(CharSequence text, int start) {
        if (start == 0) {
            return false;
        }
        char before = text.charAt(start - 1);
        if (isWord(before)) {
            return true;
        }
        boolean joined = before == '-' || before == '.' || before == '@';
        return joined && start > 1 && (Character.isLetter(text.charAt(start - 2)) || text.charAt(start - 2) == '_');
    }

    private static boolean isNegative(CharSequence text, int start) {
        if (start == 0 || "-−–".indexOf(text.charAt(start - 1)) < 0) {
            return false;
        }
        if (start == 1) {
            return true;
        }
        char before = text.charAt(start - 2);
        return Character.isWhitespace(before)
                ? text.charAt(start - 1) != '–' || !afterDigit(text, start - 2)
                : "([{,;:=|<>~\"'$€£+*".indexOf(before) >= 0;
    }

    /** {@code 10 – 20} is a range. */
    private static boolean afterDigit(CharSequence text, int space) {
        return space > 0 && Character.isDigit(text.charAt(space - 1));
    }
}
