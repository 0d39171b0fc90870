package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.prepare.internal.RawColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What values of a column are like, in words. */
public final class Summary {
    private static final int DIGITS = 4;

    private Summary() {}

    /** A number as people write it, with about four digits. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15
                ? new BigDecimal(value)
                        .round(new MathContext(Math.abs(value) >= 1_000 ? DIGITS + 2 : DIGITS))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.format(java.util.Locale.ROOT, "%.3e", value);
    }

    /** The value of a row; empty when it is missing. */
    static String value(RawColumn column, int row) {
        if (column instanceof RawColumn.Numbers numbers && !column.isMissing(row)) {
            return value(numbers, numbers.values()[row]);
        }
        return column.text(row);
    }

    private static String value(RawColumn.Numbers column, double value) {
        return switch (column.type()) {
            case BOOLEAN -> value == 1 ? "true" : "false";
            case DATE -> LocalDate.ofEpochDay((long) Math.floor(value)).toString();
            case TIMESTAMP ->
                LocalDateTime.ofEpochSecond(Math.round(value * 86_400), 0, ZoneOffset.UTC)
                        .toString();
            default -> number(value);
        };
    }

    /** What is usual: of numbers nine tenths of the values and the middle one, of words the most frequent. */
    static String usual(RawColumn column) {
        if (column instanceof RawColumn.Numbers numbers) {
            double[] sorted = Arrays.stream(numbers.values())
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            if (sorted.length == 0) {
                return "missing";
            }
            String low = value(numbers, sorted[(int) (0.05 * (sorted.length - 1))]);
            String high = value(numbers, sorted[(int) Math.ceil(0.95 * (sorted.length - 1))]);
            String middle = value(numbers, sorted[sorted.length / 2]);
            return low.equals(high) ? "mostly " + middle : low + " to " + high + ", in the middle " + middle;
        }
        RawColumn.Words words = (RawColumn.Words) column;
        int[] counts = counts(words, IntStream.range(0, words.rows()).toArray());
        int best = mostFrequent(counts);
        return "mostly " + words.values().get(best);
    }

    /** How often each word stands in some rows. */
    static int[] counts(RawColumn.Words words, int[] rows) {
        int[] counts = new int[words.values().size()];
        for (int row : rows) {
            if (words.codes()[row] >= 0) {
                counts[words.codes()[row]]++;
            }
        }
        return counts;
    }

    /** The place of the greatest count; of several the first. */
    static int mostFrequent(int[] counts) {
        return IntStream.range(0, counts.length).reduce(0, (best, i) -> counts[i] > counts[best] ? i : best);
    }

    /** With two digits behind the point, as cells of a picture have room for. */
    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Evenly drawn rows, ascending; all when there are no more than {@code most}. */
    static int[] sample(int rows, int most, long seed) {
        if (rows <= most) {
            return IntStream.range(0, rows).toArray();
        }
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        int[] chosen = new int[most];
        int taken = 0;
        for (int row = 0; row < rows && taken < most; row++) {
            if (random.nextInt(rows - row) < most - taken) { // Knuth's algorithm S
                chosen[taken++] = row;
            }
        }
        return chosen;
    }
}
