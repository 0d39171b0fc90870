package dev.datastudio.core.statistics;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a test is run on: one sample, groups, pairs, a table of counts, or counts. Immutable.
 *
 * <p>NaN is a missing value: it is left out, in pairs together with its partner, and {@link #missing()} counts it.
 */
public final class Samples {
    private final TestKind.Shape shape;
    private final String subject;
    private final List<String> names;
    private final List<String> columns;
    private final List<double[]> values;
    private final long[][] counts;
    private final long missing;

    private Samples(
            TestKind.Shape shape,
            String subject,
            List<String> names,
            List<String> columns,
            List<double[]> values,
            long[][] counts,
            long missing) {
        this.shape = shape;
        this.subject = subject;
        this.names = List.copyOf(names);
        this.columns = List.copyOf(columns);
        this.values = List.copyOf(values);
        this.counts = counts;
        this.missing = missing;
        this.values.forEach(this::requireFinite);
    }

    private void requireFinite(double[] sample) {
        for (double value : sample) {
            if (Double.isInfinite(value)) {
                throw new StudioException(
                        ErrorCode.TEST_NOT_APPLICABLE,
                        quote(subject) + " has an infinite value",
                        "Leave out rows with infinite values");
            }
        }
    }

    /**
     * One sample of numbers.
     *
     * @param name what is measured
     */
    public static Samples one(String name, double[] sample) {
        double[] present = present(sample);
        return new Samples(
                TestKind.Shape.ONE,
                name,
                List.of(name),
                List.of(),
                List.of(present),
                new long[0][],
                sample.length - present.length);
    }

    /**
     * The same thing measured in groups.
     *
     * @param name what is measured
     * @param groups values by the names of the groups, in the order of the map; the first is the one that is less or
     *     greater in a one-sided test
     */
    public static Samples groups(String name, Map<String, double[]> groups) {
        List<double[]> values = new ArrayList<>();
        long missing = 0;
        for (double[] group : groups.values()) {
            double[] present = present(group);
            missing += group.length - present.length;
            values.add(present);
        }
        return new Samples(
                TestKind.Shape.GROUPS, name, List.copyOf(groups.keySet()), List.of(), values, new long[0][], missing);
    }

    /**
     * Two things measured together.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Samples pairs(String firstName, double[] first, String secondName, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "pairs must have equal lengths, were " + first.length + " and " + second.length);
        }
        double[] x = new double[first.length];
        double[] y = new double[first.length];
        int n = 0;
        for (int i = 0; i < first.length; i++) {
            if (!Double.isNaN(first[i]) && !Double.isNaN(second[i])) {
                x[n] = first[i];
                y[n++] = second[i];
            }
        }
        return new Samples(
                TestKind.Shape.PAIRS,
                firstName + " and " + secondName,
                List.of(firstName, secondName),
                List.of(),
                List.of(Arrays.copyOf(x, n), Arrays.copyOf(y, n)),
                new long[0][],
                first.length - n);
    }

    /**
     * How often the values of two categories occur together.
     *
     * @param counts a row for each of {@code rowValues} and a column for each of {@code columnValues}, none negative
     * @throws IllegalArgumentException if a size differs or a count is negative
     */
    public static Samples table(
            String rowName, List<String> rowValues, String columnName, List<String> columnValues, long[][] counts) {
        if (counts.length != rowValues.size()) {
            throw new IllegalArgumentException("counts must have " + rowValues.size() + " rows, had " + counts.length);
        }
        long[][] copy = new long[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            copy[i] = checked(counts[i], columnValues.size());
        }
        return new Samples(
                TestKind.Shape.TABLE, rowName + " and " + columnName, rowValues, columnValues, List.of(), copy, 0);
    }

    /**
     * How often the values of one category occur.
     *
     * @throws IllegalArgumentException if the sizes differ or a count is negative
     */
    public static Samples counts(String name, List<String> values, long... counts) {
        return new Samples(
                TestKind.Shape.COUNTS,
                name,
                values,
                List.of(),
                List.of(),
                new long[][] {checked(counts, values.size())},
                0);
    }

    private static long[] checked(long[] counts, int size) {
        if (counts.length != size) {
            throw new IllegalArgumentException("counts must have " + size + " values, had " + counts.length);
        }
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("counts must not be negative, one was " + count);
            }
        }
        return counts.clone();
    }

    private static double[] present(double[] sample) {
        return Arrays.stream(sample).filter(v -> !Double.isNaN(v)).toArray();
    }

    /** These, of which so many rows more were left out before. */
    Samples withMissing(long more) {
        return new Samples(shape, subject, names, columns, values, counts, missing + more);
    }

    /** What they look like: one of ONE, GROUPS, PAIRS, TABLE and COUNTS. */
    public TestKind.Shape shape() {
        return shape;
    }

    /** What is measured or counted, in words. */
    public String subject() {
        return subject;
    }

    /** The groups, the two columns of pairs, the rows of a table or the counted values. */
    public List<String> names() {
        return names;
    }

    /** The columns of a table; empty otherwise. */
    public List<String> columns() {
        return columns;
    }

    /** How many samples of numbers there are; 0 for counts. */
    public int size() {
        return values.size();
    }

    /** A copy of one sample, without missing values. */
    public double[] values(int index) {
        return values.get(index).clone();
    }

    /** A copy of the counts, by rows; one row for counts of one category. */
    public long[][] counts() {
        long[][] copy = new long[counts.length][];
        Arrays.setAll(copy, i -> counts[i].clone());
        return copy;
    }

    /** Values, or pairs, that were left out because they are missing. */
    public long missing() {
        return missing;
    }
}
