package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.chart.HistogramBins;
import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.Histogram;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.NumberDetails.Outliers;
import dev.datastudio.core.profile.NumberDetails.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Moments, quantiles, outliers and histogram of numbers, in two passes. Moments are taken about the mean of the first
 * pass and in units of the range, so that neither large offsets nor huge numbers cost digits.
 */
final class NumberScan {
    private static final double[] PARTS = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final long EXACT_QUANTILE_ROWS = 1_000_000;
    private static final double FENCE = 1.5;
    private static final int EXAMPLES = 3;
    private static final int STEPS = 10;

    private NumberScan() {}

    static void run(ProfileSession session, List<ColumnBuilder> all) {
        List<ColumnBuilder> columns = all.stream()
                .filter(column -> column.isNumeric() && column.hasValues())
                .toList();
        new Batches(session, "computing moments")
                .runOver(
                        columns,
                        column ->
                                column.number() + " AS " + x(column) + ", " + standardized(column) + " AS " + z(column),
                        NumberScan::moments,
                        NumberScan::readMoments);
        new Batches(session, "counting bins")
                .runOver(
                        columns,
                        column -> column.number() + " AS " + x(column),
                        NumberScan::bins,
                        NumberScan::readBins);
    }

    private static String x(ColumnBuilder column) {
        return "x" + column.position;
    }

    /** The name of the standardized value. */
    static String z(ColumnBuilder column) {
        return "z" + column.position;
    }

    private static double center(ColumnBuilder column) {
        return Double.isFinite(column.mean) ? column.mean : column.least / 2 + column.greatest / 2;
    }

    private static double scale(ColumnBuilder column) {
        double half = Math.max(column.greatest / 2 - column.least / 2, 0);
        return half > 0 ? half : 1;
    }

    private static Accuracy accuracy(ColumnBuilder column) {
        return column.rows <= EXACT_QUANTILE_ROWS ? Accuracy.EXACT : Accuracy.APPROXIMATE;
    }

    private static String moments(ColumnBuilder column) {
        String x = x(column);
        String z = z(column);
        String quantile = accuracy(column) == Accuracy.EXACT ? "quantile_cont" : "approx_quantile";
        return "avg(" + z + "), avg(" + z + " * " + z + "), avg(" + z + " * " + z + " * " + z + "), avg(" + z + " * "
                + z + " * " + z + " * " + z + "), " + quantile + "(" + x
                + ", [0.05, 0.25, 0.5, 0.75, 0.95]), count(*) FILTER (" + x + " = 0), count(*) FILTER (" + x
                + " < 0)";
    }

    /** A value less the mean, in units of half the range. */
    static String standardized(ColumnBuilder column) {
        return "(((" + column.number() + ") / 2 - " + literal(center(column) / 2) + ") / " + literal(scale(column) / 2)
                + ")";
    }

    private static void readMoments(ColumnBuilder column, SqlRow row) {
        double a = row.asDouble();
        double b = row.asDouble();
        double c = row.asDouble();
        double d = row.asDouble();
        double m2 = b - a * a;
        double m3 = c - 3 * a * b + 2 * a * a * a;
        double m4 = d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a;
        double scale = scale(column);
        column.meanOfStandardized = a;
        column.deviationOfStandardized = Math.sqrt(m2);
        double mean = center(column) + a * scale;
        List<Quantile> quantiles = new ArrayList<>();
        List<Double> values = row.asDoubles();
        for (int i = 0; i < PARTS.length; i++) {
            quantiles.add(new Quantile(PARTS[i], values.get(i)));
        }
        double q1 = values.get(1);
        double q3 = values.get(3);
        double reach = FENCE * (q3 - q1);
        boolean varies = column.greatest > column.least;
        column.numbers = new NumberDetails(
                mean,
                column.count < 2 ? Double.NaN : varies ? scale * Math.sqrt(m2 * column.count / (column.count - 1)) : 0,
                varies ? skewness((double) column.count, m2, m3) : Double.NaN,
                varies ? kurtosis((double) column.count, m2, m4) : Double.NaN,
                quantiles,
                accuracy(column),
                column.least,
                column.greatest,
                mean * column.count,
                row.asLong(),
                row.asLong(),
                new Outliers(q1 - reach, q3 + reach, 0, 0, List.of()));
    }

    private static double skewness(double n, double m2, double m3) {
        return n < 3 ? Double.NaN : Math.sqrt(n * (n - 1)) / (n - 2) * m3 / Math.pow(m2, 1.5);
    }

    private static double kurtosis(double n, double m2, double m4) {
        return n < 4 ? Double.NaN : (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / (m2 * m2) - 3) + 6);
    }

    private static double[] edges(ColumnBuilder column, NumberDetails numbers) {
        HistogramBins.Values values = column.column.type() == ColumnType.INTEGER
                ? HistogramBins.Values.WHOLE
                : HistogramBins.Values.CONTINUOUS;
        double[] edges = HistogramBins.edges(
                column.least, column.greatest, numbers.quantile(0.25), numbers.quantile(0.75), column.count, values);
        return isRising(edges) ? edges : equalSteps(column.least, column.greatest);
    }

    private static boolean isRising(double[] edges) {
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i] > edges[i - 1])) {
                return false;
            }
        }
        return true;
    }

    /** For values so close to each other, or so far apart, that round edges can't be told apart. */
    private static double[] equalSteps(double min, double max) {
        double[] edges = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(i -> min * (STEPS - i) / STEPS + max * i / STEPS)
                .distinct()
                .toArray();
        edges[0] = min;
        edges[edges.length - 1] = max;
        return isRising(edges) ? edges : new double[] {min, Math.nextUp(max)};
    }

    /** DuckDB's bins include their upper end; of the negated values that is the lower one. */
    private static String bins(ColumnBuilder column) {
        NumberDetails numbers = numbers(column);
        StringBuilder list = new StringBuilder("[");
        double[] edges = edges(column, numbers);
        for (int i = edges.length - 1; i >= 0; i--) {
            if (Double.isFinite(edges[i])) {
                list.append(list.length() > 1 ? ", " : "").append(literal(-edges[i]));
            }
        }
        list.append(']');
        String number = x(column);
        return "map_values(histogram(-" + number + ", " + list + ")), " + beyond(column, numbers.outliers());
    }

    /** How many values lie beyond the fences, and the farthest of them; what the range already rules out is not counted. */
    private static String beyond(ColumnBuilder column, Outliers fences) {
        String number = x(column);
        String low = "FILTER (" + number + " < " + literal(fences.lowFence()) + ")";
        String high = "FILTER (" + number + " > " + literal(fences.highFence()) + ")";
        boolean hasLow = column.least < fences.lowFence();
        boolean hasHigh = column.greatest > fences.highFence();
        return (hasLow ? "count(*) " + low : "0") + ", " + (hasHigh ? "count(*) " + high : "0") + ", "
                + (hasLow ? "min(" + number + ", " + EXAMPLES + ") " + low : "NULL") + ", "
                + (hasHigh ? "max(" + number + ", " + EXAMPLES + ") " + high : "NULL");
    }

    private static NumberDetails numbers(ColumnBuilder column) {
        return Objects.requireNonNull(column.numbers);
    }

    private static void readBins(ColumnBuilder column, SqlRow row) {
        NumberDetails numbers = numbers(column);
        column.histogram = histogram(edges(column, numbers), row.asLongs());
        Outliers fences = numbers.outliers();
        long low = row.asLong();
        long high = row.asLong();
        List<Double> examples = new ArrayList<>(row.asDoubles());
        examples.addAll(row.asDoubles());
        examples.sort(null);
        column.numbers = new NumberDetails(
                numbers.mean(),
                numbers.deviation(),
                numbers.skewness(),
                numbers.kurtosis(),
                numbers.quantiles(),
                numbers.quantileAccuracy(),
                numbers.min(),
                numbers.max(),
                numbers.sum(),
                numbers.zeros(),
                numbers.negatives(),
                new Outliers(fences.lowFence(), fences.highFence(), low, high, examples));
    }

    /**
     * Counts from the highest finite edge downwards: at or above it, then the bins below, then, only if there are any,
     * values below the lowest finite edge.
     */
    private static Histogram histogram(double[] edges, List<Long> counts) {
        int bins = edges.length - 1;
        boolean lowTail = edges[0] == Double.NEGATIVE_INFINITY;
        int finite = (int) Arrays.stream(edges).filter(Double::isFinite).count();
        long[] heights = new long[bins];
        int firstInner = lowTail ? 1 : 0;
        for (int i = 1; i < finite; i++) {
            heights[firstInner + finite - 1 - i] = counts.get(i);
        }
        heights[bins - 1] += counts.get(0);
        if (lowTail) {
            heights[0] += counts.size() > finite ? counts.get(finite) : 0;
        }
        List<Histogram.Bin> list = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            list.add(new Histogram.Bin(edges[i], edges[i + 1], label(edges[i], edges[i + 1]), heights[i]));
        }
        return new Histogram(list);
    }

    private static String label(double from, double to) {
        if (from == Double.NEGATIVE_INFINITY) {
            return "below " + Figures.number(to);
        }
        return to == Double.POSITIVE_INFINITY
                ? Figures.number(from) + " and more"
                : Figures.number(from) + " – " + Figures.number(to);
    }

    /** A number that DuckDB reads as exactly this double. */
    static String literal(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }
}
