package dev.datastudio.ml.train.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.prepare.internal.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds columns that tell the target nearly by themselves, as those do that are only known after it. */
public final class Leakage {
    private static final double NEARLY_ALL = 0.999;
    private static final int FEWEST_ROWS = 50;
    private static final int PARTS = 50;
    /** A few points in time may be mistyped. */
    private static final double SOME_LATER = 0.01;

    private Leakage() {}

    /** A warning for each suspicious column, on training rows. */
    public static List<String> warnings(List<RawColumn> columns, Target train) {
        List<String> warnings = new ArrayList<>();
        if (train.rows().length < FEWEST_ROWS) {
            return warnings;
        }
        for (RawColumn all : columns) {
            RawColumn column = all.rows(train.rows());
            boolean tellsAll = train.isClasses() ? tellsClass(column, train) : tellsNumber(column, train);
            if (tellsAll) {
                warnings.add("The column " + StudioException.quote(column.name())
                        + " alone tells the target nearly always. If it is known only after the target, leave it out: the"
                        + " model will not have it when it predicts.");
            }
        }
        return warnings;
    }

    /**
     * A warning for each column of points in time that lie after what is known when a prediction is made: after the time
     * column, or, without one, after the data was brought in.
     *
     * @param time by which the rows are parted
     * @param importedAt when the data was brought in
     */
    public static List<String> later(
            List<RawColumn> columns, Target train, Optional<RawColumn> time, Instant importedAt) {
        List<String> warnings = new ArrayList<>();
        Optional<RawColumn.Numbers> known =
                time.filter(each -> each.type().isTemporal()).map(RawColumn.Numbers.class::cast);
        double imported =
                importedAt.toEpochMilli() / (double) Duration.ofDays(1).toMillis() + 1; // in any zone
        for (RawColumn column : columns) {
            if (!column.type().isTemporal()
                    || !(column instanceof RawColumn.Numbers numbers)
                    || time.filter(each -> each.name().equals(column.name())).isPresent()) {
                continue;
            }
            long count = Arrays.stream(train.rows())
                    .filter(row -> numbers.values()[row]
                            > known.map(each -> each.values()[row]).orElse(imported))
                    .count();
            if (count > train.rows().length * SOME_LATER) {
                warnings.add("The column " + StudioException.quote(column.name()) + " lies after "
                        + known.map(each -> StudioException.quote(each.name()))
                                .orElse("the day on which the data was brought in,")
                        + " in " + count + " of " + train.rows().length
                        + " training rows. If it is known only then, leave it out: the model will not have it when it"
                        + " predicts.");
            }
        }
        return warnings;
    }

    private static boolean tellsNumber(RawColumn column, Target train) {
        if (!(column instanceof RawColumn.Numbers numbers)) {
            return false;
        }
        int[] rows = IntStream.range(0, column.rows())
                .filter(row -> !column.isMissing(row))
                .toArray();
        if (rows.length < FEWEST_ROWS) {
            return false;
        }
        double meanX = Arrays.stream(rows)
                .mapToDouble(row -> numbers.values()[row])
                .average()
                .orElse(0);
        double meanY = Arrays.stream(rows)
                .mapToDouble(row -> train.values()[row])
                .average()
                .orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int row : rows) {
            double x = numbers.values()[row] - meanX;
            double y = train.values()[row] - meanY;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        return xx > 0 && yy > 0 && xy * xy / (xx * yy) >= NEARLY_ALL;
    }

    private static boolean tellsClass(RawColumn column, Target train) {
        int rows = column.rows();
        Map<Integer, int[]> counts = new HashMap<>();
        int[] parts = parts(column);
        int[] totals = new int[train.classes().size()];
        for (int row = 0; row < rows; row++) {
            int label = (int) train.values()[row];
            counts.computeIfAbsent(parts[row], any -> new int[totals.length])[label]++;
            totals[label]++;
        }
        double most = Arrays.stream(totals).max().orElse(0) / (double) rows;
        double hits = counts.values().stream()
                .mapToInt(each -> Arrays.stream(each).max().orElse(0))
                .sum();
        return counts.size() <= rows / 10 && hits / rows >= NEARLY_ALL && most < 1 - 10 * (1 - NEARLY_ALL);
    }

    /** Values of words, and about as many numbers each. */
    private static int[] parts(RawColumn column) {
        if (column instanceof RawColumn.Words words) {
            return words.codes();
        }
        double[] values = ((RawColumn.Numbers) column).values();
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] edges = IntStream.range(1, PARTS)
                .mapToDouble(i -> sorted.length == 0 ? 0 : sorted[(int) ((long) i * sorted.length / PARTS)])
                .distinct()
                .toArray();
        return Arrays.stream(values)
                .mapToInt(value -> {
                    int found = Double.isNaN(value) ? -2 : Arrays.binarySearch(edges, value);
                    return Double.isNaN(value) ? -1 : found >= 0 ? 2 * found + 1 : 2 * (-found - 1);
                })
                .toArray();
    }
}
