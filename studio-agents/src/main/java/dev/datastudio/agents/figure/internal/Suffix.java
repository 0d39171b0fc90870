package dev.datastudio.agents.figure.internal;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind the digits of a number.
 *
 * @param end where it ends
 * @param factor what the number is multiplied by
 * @param percent whether it is a percentage
 * @param number false for an ordinal or a name
 */
record Suffix(int end, double factor, boolean percent, boolean number) {
    private static final String SPACE = "[ \\u00a0\\u202f\\u2009]?";
    private static final String STOP = "(?![\\p{L}\\p{N}_])";
    private static final Pattern PERCENT = Pattern.compile(SPACE
            + "(?:-?(?:percent(?:age[ -]points?)?|per cent|pct|Prozent(?:punkte?n?)?|pour ?cent|points? de pourcentage"
            + "|pp)" + STOP + "|%|٪|％)");
    private static final Pattern SCALE_WORD = Pattern.compile("[ \\u00a0\\u202f-]?(?i:(hundred|thousand|tausend|mille|"
            + "million(?:s|en)?|mio|mn|billions?|bn|milliarden?|milliards?|mrd|trillions?|tn))" + STOP + "\\.?");
    private static final Pattern SCALE_LETTER = Pattern.compile("([kKmMbBT])" + STOP);
    private static final Pattern POWER =
            Pattern.compile(" ?[×x·*] ?10(?:\\^\\{?([+−-]?[0-9]{1,3})\\}?|([⁺⁻]?[⁰¹²³⁴-⁹]{1,3}))");
    private static final Pattern UNIT = Pattern.compile("(?:[kMG]?(?:Hz|Wh?|B|V|A)|[mµuμn]?s|sec|min|h|hrs?|d|days?"
            + "|[kcm]?m|[km]?g|lbs?|oz|ft|mph|[kM]?[bB]ps|[KMGTP]i?B|px|pt|[xX]|C|F|usd|eur|USD|EUR|y|yrs?|l|L|ml|in)"
            + STOP);
    private static final Pattern FILE = Pattern.compile("\\.[a-z][a-z0-9]{1,5}" + STOP);
    private static final Map<Character, Double> LETTERS =
            Map.of('k', 1e3, 'K', 1e3, 'm', 1e6, 'M', 1e6, 'b', 1e9, 'B', 1e9, 'T', 1e12);

    /** Reads on after digits that end at an index. */
    static Suffix read(CharSequence text, int index) {
        Matcher power = at(POWER, text, index);
        if (power.lookingAt()) {
            double factor = Math.pow(10, power.group(1) == null ? raised(power.group(2)) : signed(power.group(1)));
            return percent(text, power.end(), factor);
        }
        Matcher word = at(SCALE_WORD, text, index);
        if (word.lookingAt()) {
            return percent(text, word.end(1), factor(word.group(1)));
        }
        Matcher letter = at(SCALE_LETTER, text, index);
        if (letter.lookingAt()) {
            return new Suffix(letter.end(), LETTERS.getOrDefault(letter.group(1).charAt(0), 1.0), false, true);
        }
        Suffix percent = percent(text, index, 1);
        if (percent.percent() || at(UNIT, text, index).lookingAt()) {
            return percent;
        }
        boolean name = index < text.length()
                && (Character.isLetter(text.charAt(index)) || "_@".indexOf(text.charAt(index)) >= 0);
        return new Suffix(index, 1, false, !name && !at(FILE, text, index).lookingAt());
    }

    private static Suffix percent(CharSequence text, int index, double factor) {
        Matcher percent = at(PERCENT, text, index);
        return percent.lookingAt()
                ? new Suffix(percent.end(), factor, true, true)
                : new Suffix(index, factor, false, true);
    }

    private static Matcher at(Pattern pattern, CharSequence text, int index) {
        return pattern.matcher(text)
                .region(index, Math.min(text.length(), index + 40))
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
    }

    private static double factor(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("hundred")) {
            return 100;
        }
        if (lower.matches("thousand|tausend|mille")) {
            return 1e3;
        }
        if (lower.matches("(?:million(?:s|en)?|mio|mn)")) {
            return 1e6;
        }
        return lower.matches("trillions?|tn") ? 1e12 : 1e9;
    }

    private static int signed(String digits) {
        return Integer.parseInt(digits.replace('−', '-'));
    }

    private static int raised(String digits) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            plain.append(c == '⁻' ? '-' : c == '⁺' ? '+' : (char) ('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)));
        }
        return Integer.parseInt(plain.toString());
    }
}
