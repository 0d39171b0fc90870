package dev.datastudio.core.tool.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Text for a model, line by line: compact, bounded, and with nothing in it that a line of data could fake. */
final class Lines {
    private static final int MAX_NAME = 120;
    private static final int MAX_SENTENCE = 400;
    private static final int DIGITS = 5;
    private static final double BIGGEST_PLAIN = 1e15;

    private final int room;
    private final StringBuilder text = new StringBuilder();

    /** @param room how many characters the text has at most */
    Lines(int room) {
        this.room = room;
    }

    /** Adds a line, if there is room; gives whether there was. */
    boolean add(String line) {
        if (text.length() + line.length() + 1 > room) {
            return false;
        }
        text.append(text.length() == 0 ? "" : "\n").append(line);
        return true;
    }

    /**
     * Adds lines as long as there is room, and tells how many were left out.
     *
     * @param reserved characters to leave for what comes after
     * @param noun what a line is about: {@code column}
     */
    void addAll(List<String> lines, int reserved, String noun) {
        int end = room - Math.max(reserved, 80);
        int shown = 0;
        while (shown < lines.size() && text.length() + lines.get(shown).length() + 1 <= end) {
            text.append('\n').append(lines.get(shown++));
        }
        int left = lines.size() - shown;
        if (left > 0) {
            add("… and " + left + " more " + noun + (left == 1 ? "" : "s"));
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** A name or value of the data within one line, the separator of columns replaced. */
    static String clean(String text) {
        return cut(text.replace('|', '¦'), MAX_NAME);
    }

    /** A sentence with names or values of the data in it, within one line. */
    static String sentence(String text) {
        return cut(text, MAX_SENTENCE);
    }

    private static String cut(String text, int max) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() <= max ? line : line.substring(0, max - 1) + "…";
    }

    /** A number with about five significant digits. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not defined" : value > 0 ? "infinite" : "-infinite";
        }
        if (value == Math.rint(value) && Math.abs(value) < BIGGEST_PLAIN) {
            return String.valueOf((long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
        return Math.abs(value) >= 1e-4 && Math.abs(value) < BIGGEST_PLAIN
                ? rounded.stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%.4e", value);
    }

    /** A part of one in per cent; 0% and 100% only when it is exactly that. */
    static String percent(double share) {
        if (share == 0 || share == 1) {
            return share == 0 ? "0%" : "100%";
        }
        if (share < 0.001) {
            return "<0.1%";
        }
        return share > 0.999 ? ">99.9%" : String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** A count with its noun: {@code 1 row}, {@code 3 rows}. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
