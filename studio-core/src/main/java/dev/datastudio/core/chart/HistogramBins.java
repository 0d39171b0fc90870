package dev.datastudio.core.chart;

import dev.datastudio.core.chart.internal.Ticks;
import java.util.Arrays;

/**
 * Where the bins of a histogram begin and end: one rule for values in memory and for counts made by SQL.
 *
 * <p>The width is that of D. Freedman and P. Diaconis, "On the histogram as a density estimator: L2 theory" (1981),
 * 2 · IQR / ∛n, taken to the nearest of 1, 2, 2.5 and 5 times a power of ten, with edges on its multiples, and between
 * {@value #MIN_BINS} and {@value #MAX_BINS} bins. Whole numbers get whole widths; when the width is 1 each number stands
 * in the middle of its own bin.
 *
 * <p>A long tail would press everything else into one bin. When the values reach farther than {@value #FAR} IQR beyond a
 * quartile, and at least half of the range is that tail, the bins end there and one bin without an end gathers the rest.
 */
public final class HistogramBins {
    private static final int MIN_BINS = 5;
    private static final int MAX_BINS = 60;
    private static final int DISCRETE = 40;
    private static final double FAR = 6;
    private static final double[] NICE = {1, 2, 2.5, 5, 10};

    private HistogramBins() {}

    /**
     * The edges from low to high. Bin i holds values from edge i up to, not including, edge i + 1; the last edge, if it
     * is finite, is included. The first edge is negative infinity when a low tail is gathered, the last one is positive
     * infinity when a high tail is gathered.
     *
     * @param min the least value; finite
     * @param max the greatest value, at least {@code min}; finite
     * @param q1 the first quartile
     * @param q3 the third quartile
     * @param count how many values, above 0
     * @param values whether all values are whole numbers
     * @return at least two edges, strictly rising, at least two of them finite
     */
    public static double[] edges(double min, double max, double q1, double q3, long count, Values values) {
        requireRange(min, max);
        if (count < 1) {
            throw new IllegalArgumentException("count must be above 0, was " + count);
        }
        if (isSingle(min, max)) {
            return single(min, max, values);
        }
        double iqr = Math.max(0, q3 - q1);
        double low = iqr > 0 && min < q1 - FAR * iqr ? q1 - FAR * iqr : min;
        double high = iqr > 0 && max > q3 + FAR * iqr ? q3 + FAR * iqr : max;
        if (high - low > (max - min) / 2) {
            low = min;
            high = max;
        }
        double range = high - low;
        if (values == Values.WHOLE && range < DISCRETE) {
            double[] edges = multiples(Math.floor(low) - 0.5, Math.ceil(high) + 0.5, 1, 0.5);
            return gather(edges, low > min, min, high < max, max);
        }
        double[] edges = multiples(low, high, width(range, iqr, count, values), 0);
        return gather(edges, low > min, min, high < max, max);
    }

    /**
     * The edges of about so many bins over the whole range, without gathered tails: a round width with edges on its
     * multiples; whole numbers that are fewer than the bins get one each.
     *
     * @param min the least value; finite
     * @param max the greatest value, at least {@code min}; finite
     * @param bins above 0; the round width gives up to three times or down to half as many
     * @return as {@link #edges} gives them, all finite
     */
    public static double[] about(int bins, double min, double max, Values values) {
        if (bins < 1) {
            throw new IllegalArgumentException("bins must be above 0, was " + bins);
        }
        requireRange(min, max);
        if (isSingle(min, max)) {
            return single(min, max, values);
        }
        boolean whole = values == Values.WHOLE;
        if (whole && max - min < bins) {
            return multiples(min - 0.5, max + 0.5, 1, 0.5);
        }
        double width = nearestNice((max - min) / bins);
        return multiples(min, max, whole ? Math.max(1, Math.rint(width)) : width, 0);
    }

    private static void requireRange(double min, double max) {
        if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
            throw new IllegalArgumentException("min and max must be finite and rise, were " + min + " and " + max);
        }
    }

    private static boolean isSingle(double min, double max) {
        return !(max - min > Math.max(Math.abs(min), Math.abs(max)) * 1e-12);
    }

    private static double[] single(double min, double max, Values values) {
        double half = values == Values.WHOLE || min == 0 ? 0.5 : Math.abs(min) * 0.05;
        return new double[] {min - half, max + half};
    }

    private static double width(double range, double iqr, long count, Values values) {
        double ideal = iqr > 0 ? 2 * iqr / Math.cbrt((double) count) : range / Math.ceil(Math.sqrt((double) count));
        double width = nearestNice(Math.min(range / MIN_BINS, Math.max(range / MAX_BINS, ideal)));
        while (range / width > MAX_BINS) {
            width = nearestNice(width * 2);
        }
        return values == Values.WHOLE ? Math.max(1, Math.rint(width)) : width;
    }

    private static double nearestNice(double width) {
        double power = Math.pow(10, Math.floor(Math.log10(width)));
        double best = NICE[0];
        for (double nice : NICE) {
            if (Math.abs(Math.log(nice * power / width)) < Math.abs(Math.log(best * power / width))) {
                best = nice;
            }
        }
        return Ticks.clean(best * power);
    }

    /** Edges at (i + offset) · width that cover the range. */
    private static double[] multiples(double low, double high, double width, double offset) {
        double tiny = 1e-9;
        double first = Math.floor(low / width - offset + tiny);
        double last = Math.max(first + 1, Math.ceil(high / width - offset - tiny));
        double[] edges = new double[(int) (last - first) + 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = Ticks.multiple(first + i + offset, width);
        }
        // Rounded division may leave the outermost values a hair outside.
        edges[0] = Math.min(edges[0], low);
        edges[edges.length - 1] = Math.max(edges[edges.length - 1], high);
        return edges;
    }

    private static double[] gather(double[] edges, boolean low, double min, boolean high, double max) {
        int before = low && min < edges[0] ? 1 : 0;
        int after = high && max > edges[edges.length - 1] ? 1 : 0;
        double[] all = new double[edges.length + before + after];
        System.arraycopy(edges, 0, all, before, edges.length);
        if (before == 1) {
            all[0] = Double.NEGATIVE_INFINITY;
        }
        if (after == 1) {
            all[all.length - 1] = Double.POSITIVE_INFINITY;
        }
        return all;
    }

    /**
     * The bin of a value: the index of the last edge that is not above it; the greatest finite edge, when it is the
     * last, belongs to the bin before it.
     *
     * @param edges as {@link #edges} gives them
     * @return -1 when the value lies outside
     */
    public static int binOf(double value, double[] edges) {
        int last = edges.length - 1;
        if (!(value >= edges[0] && value <= edges[last])) {
            return -1;
        }
        int found = Arrays.binarySearch(edges, value);
        int bin = found >= 0 ? found : -found - 2;
        return Math.min(bin, last - 1);
    }

    /** What kind of numbers are counted. */
    public enum Values {
        /** Any numbers. */
        CONTINUOUS,
        /** Whole numbers only. */
        WHOLE
    }
}
