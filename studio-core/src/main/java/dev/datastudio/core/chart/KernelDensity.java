package dev.datastudio.core.chart;

import dev.datastudio.api.chart.Chart.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Smooth densities with a Gaussian kernel: B. Silverman, "Density Estimation" (1986), with the bandwidth s · n^(-1/5) of
 * D. Scott, "Multivariate Density Estimation" (1992), as SciPy's {@code gaussian_kde} has it.
 *
 * <p>Many values are first counted onto a grid of {@value #GRID} places with linear weights, which moves no value by more
 * than a small part of the bandwidth: Silverman's section 3.5, M. Wand, "Fast computation of multivariate kernel estimators" (1994).
 */
public final class KernelDensity {
    /** How many places the grid has that many values are counted onto. */
    public static final int GRID = 2048;

    private static final int EXACT = 5000;
    private static final int POINTS = 200;

    private KernelDensity() {}

    /**
     * The density at 200 places from {@code cut} bandwidths below the least value to as many above the greatest.
     *
     * @param values NaN are left out
     * @param cut how many bandwidths beyond the values the curve goes: 3 ends at nearly zero, 0 at the values
     * @return empty with fewer than two different values
     */
    public static List<Point> of(double[] values, double cut) {
        double[] sorted = Quantiles.sorted(values);
        double bandwidth = bandwidth(sorted);
        if (!(bandwidth > 0)) {
            return List.of();
        }
        double min = sorted[0];
        double max = sorted[sorted.length - 1];
        double[] weights = new double[sorted.length];
        Arrays.fill(weights, 1);
        double[] places = sorted;
        if (sorted.length > EXACT) {
            places = new double[GRID];
            weights = new double[GRID];
            spread(sorted, places, weights);
        }
        return points(min, max, places, weights, bandwidth, cut);
    }

    /**
     * The density of values that are counted already, as by SQL.
     *
     * @param min the first place of the grid, the least value
     * @param max the last place, the greatest value, above {@code min}
     * @param weights how many values each of {@value #GRID} even places has; a value between two places counts for both
     *     with parts that add up to 1
     * @param bandwidth as {@link #bandwidth} gives it, above 0
     * @param cut as in {@link #of}
     */
    public static List<Point> ofGrid(double min, double max, double[] weights, double bandwidth, double cut) {
        if (weights.length != GRID || !(min < max) || !(bandwidth > 0)) {
            throw new IllegalArgumentException(
                    "weights must be " + GRID + ", min below max and bandwidth above 0, were " + weights.length + ", "
                            + min + ", " + max + " and " + bandwidth);
        }
        double[] places = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            places[i] = min + i * (max - min) / (GRID - 1);
        }
        return points(min, max, places, weights, bandwidth, cut);
    }

    /** The bandwidth s · n^(-1/5); NaN or 0 when there are too few different values for one. */
    public static double bandwidth(double deviation, long count) {
        return deviation * Math.pow((double) count, -0.2);
    }

    private static List<Point> points(
            double min, double max, double[] places, double[] weights, double bandwidth, double cut) {
        double count = 0;
        for (double weight : weights) {
            count += weight;
        }
        double from = min - cut * bandwidth;
        double step = (max + cut * bandwidth - from) / (POINTS - 1);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double x = from + i * step;
            // Huge numbers may be farther apart than the places of the curve.
            if (points.isEmpty() || x > points.get(points.size() - 1).x()) {
                points.add(new Point(x, density(x, places, weights, bandwidth) / count));
            }
        }
        return points.size() < 2 ? List.of() : points;
    }

    private static double density(double x, double[] places, double[] weights, double bandwidth) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            double distance = (x - places[i]) / bandwidth;
            if (weights[i] > 0 && Math.abs(distance) < 9) {
                sum += weights[i] * Math.exp(-0.5 * distance * distance);
            }
        }
        return sum / (bandwidth * Math.sqrt(2 * Math.PI));
    }

    /** Shares each value between the two places of the grid beside it. */
    private static void spread(double[] sorted, double[] places, double[] weights) {
        double min = sorted[0];
        double step = (sorted[sorted.length - 1] - min) / (places.length - 1);
        for (int i = 0; i < places.length; i++) {
            places[i] = min + i * step;
        }
        for (double value : sorted) {
            double place = (value - min) / step;
            int below = Math.min((int) place, places.length - 2);
            weights[below] += 1 - (place - below);
            weights[below + 1] += place - below;
        }
    }

    private static double bandwidth(double[] sorted) {
        int count = sorted.length;
        if (count < 2) {
            return 0;
        }
        double mean = 0;
        for (double value : sorted) {
            mean += value / count;
        }
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        return bandwidth(Math.sqrt(squares / (count - 1)), count);
    }
}
