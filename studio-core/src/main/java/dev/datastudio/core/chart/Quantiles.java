package dev.datastudio.core.chart;

import java.util.Arrays;

/**
 * Quantiles by linear interpolation between order statistics: type 7 of R. Hyndman and Y. Fan, "Sample quantiles in
 * statistical packages" (1996), as {@code quantile_cont} of DuckDB and {@code numpy.quantile} give them.
 */
public final class Quantiles {
    private Quantiles() {}

    /** The values without NaN, from low to high, in an array of their own. */
    public static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int end = sorted.length;
        while (end > 0 && Double.isNaN(sorted[end - 1])) {
            end--;
        }
        return Arrays.copyOf(sorted, end);
    }

    /**
     * One quantile.
     *
     * @param sorted rising, without NaN, not empty
     * @param share 0 for the least, 0.5 for the median, 1 for the greatest
     */
    public static double of(double[] sorted, double share) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("sorted must not be empty");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in 0..1, was " + share);
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        double weight = place - below;
        return weight == 0 ? sorted[below] : sorted[below] + weight * (sorted[above] - sorted[below]);
    }
}
