package dev.datastudio.core.statistics.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and names as they stand in sentences. */
final class Texts {
    private static final int DIGITS = 4;
    private static final double LEAST_WRITTEN = 1e-4;
    private static final int LONGEST_NAME = 60;

    private Texts() {}

    /** Four significant digits, without an exponent where that stays short. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "undefined" : value > 0 ? "infinity" : "-infinity";
        }
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        } else if (size < LEAST_WRITTEN || size >= 1e9) {
            return String.format(Locale.ROOT, "%.3g", value);
        } else if (size >= 1000) {
            return value == Math.rint(value)
                    ? String.format(Locale.US, "%,.0f", value)
                    : String.format(Locale.US, "%,.1f", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String pValue(double p) {
        return p < LEAST_WRITTEN ? "p < 0.0001" : "p = " + number(p);
    }

    static String count(long count, String noun) {
        return String.format(Locale.US, "%,d", count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static String sentence(String clause) {
        return capital(clause) + ".";
    }

    /** A name from the data: one line, not longer than a sentence bears. */
    static String name(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
    }

    static String and(List<String> names) {
        int last = names.size() - 1;
        if (names.size() > 5) {
            return String.join(", ", names.subList(0, 4)) + " and " + (names.size() - 4) + " more";
        }
        return last <= 0
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    static String percent(double share) {
        return number(share * 100) + "%";
    }
}
