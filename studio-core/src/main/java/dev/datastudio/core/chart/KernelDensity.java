package dev.datastudio.core.chart;

import dev.datastudio.api.chart.Chart.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Smooth densities with a Gaussian kernel: B. Silverman, "Density Estimation" (1986), with the bandwidth s · n^(-1/5) of
 * D. Scott, "Multivariate Density Estimation" (1992), as SciPy's {@code gaussian_kde} has it.
 *
 * <p>Many values are first counted onto a grid of {@value #GRID} places with linear weights, which moves no value by more
 * than a small part of the bandwidth: Silverman's section 3.5, M. Wand, "Fast computation of multivariate kernel estimators" (1994).
 *
 * <p>Amounts that are never negative have no density below 0: what the kernels would put there is reflected at 0,
 * Silverman's section 2.10, so that the curve's area stays 1.
 */
public final class KernelDensity {
    /** How many places the grid has that many values are counted onto. */
    public static final int GRID = 2048;

    private static final int EXACT = 5000;
    private static final int POINTS = 200;

    /** Beyond so many bandwidths a kernel adds nothing that a double could hold beside the others. */
    private static final double REACH = 9;

    private KernelDensity() {}

    /** Where values can be. */
    public enum Support {
        /** Anywhere. */
        REAL(Double.NEGATIVE_INFINITY),

        /** At 0 or above. */
        NOT_NEGATIVE(0);

        private final double least;

        Support(double least) {
            this.least = least;
        }

        /** What is taken for values of which the least is known: {@link #NOT_NEGATIVE} when it is 0 or above. */
        public static Support from(double min) {
            return min >= 0 ? NOT_NEGATIVE : REAL;
        }
    }

    /**
     * The density at 200 places from {@code cut} bandwidths below the least value, though never outside the support, to
     * as many above the greatest.
     *
     * @param values in the support; NaN are left out
     * @param cut how many bandwidths beyond the values the curve goes: 3 ends at nearly zero, 0 at the values
     * @return empty with fewer than two different values
     * @throws IllegalArgumentException when a value is not in the support
     */
    public static List<Point> of(double[] values, double cut, Support support) {
        double[] sorted = Quantiles.sorted(values);
        double bandwidth = bandwidth(sorted);
        if (!(bandwidth > 0)) {
            return List.of();
        }
        double min = sorted[0];
        double max = sorted[sorted.length - 1];
        require(min, support);
        double[] weights = new double[sorted.length];
        Arrays.fill(weights, 1);
        double[] places = sorted;
        if (sorted.length > EXACT) {
            places = new double[GRID];
            weights = new double[GRID];
            spread(sorted, places, weights);
        }
        return new Curve(places, weights, bandwidth, support).points(min, max, cut);
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
     * @throws IllegalArgumentException when an argument is not as said
     */
    public static List<Point> ofGrid(
            double min, double max, double[] weights, double bandwidth, double cut, Support support) {
        if (weights.length != GRID || !(min < max) || !(bandwidth > 0)) {
            throw new IllegalArgumentException(
                    "weights must be " + GRID + ", min below max and bandwidth above 0, were " + weights.length + ", "
                            + min + ", " + max + " and " + bandwidth);
        }
        require(min, support);
        double[] places = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            places[i] = min + i * (max - min) / (GRID - 1);
        }
        return new Curve(places, weights, bandwidth, support).points(min, max, cut);
    }

    /** The bandwidth s · n^(-1/5); NaN or 0 when there are too few different values for one. */
    public static double bandwidth(double deviation, long count) {
        return deviation * Math.pow((double) count, -0.2);
    }

    private static void require(double min, Support support) {
        if (min < Objects.requireNonNull(support, "support").least) {
            throw new IllegalArgumentException("values must be at least " + support.least + ", was " + min);
        }
    }

    /** Gaussian curves around places, as high as their weights. */
    private static final class Curve {
        private final double[] places;
        private final double[] weights;
        private final double bandwidth;
        private final Support support;

        Curve(double[] places, double[] weights, double bandwidth, Support support) {
            this.places = places;
            this.weights = weights;
            this.bandwidth = bandwidth;
            this.support = support;
        }

        List<Point> points(double min, double max, double cut) {
            double count = Arrays.stream(weights).sum();
            double from = Math.max(support.least, min - cut * bandwidth);
            double step = (max + cut * bandwidth - from) / (POINTS - 1);
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < POINTS; i++) {
                double x = from + i * step;
                // Huge numbers may be farther apart than the places of the curve.
                if (points.isEmpty() || x > points.get(points.size() - 1).x()) {
                    points.add(new Point(x, at(x) / count));
                }
            }
            return points.size() < 2 ? List.of() : points;
        }

        private double at(double x) {
            boolean reflected = support != Support.REAL && x - support.least < REACH * bandwidth;
            return sum(x) + (reflected ? sum(2 * support.least - x) : 0);
        }

        private double sum(double x) {
            double sum = 0;
            for (int i = 0; i < places.length; i++) {
                double distance = (x - places[i]) / bandwidth;
                if (weights[i] > 0 && Math.abs(distance) < REACH) {
                    sum += weights[i] * Math.exp(-0.5 * distance * distance);
                }
            }
            return sum / (bandwidth * Math.sqrt(2 * Math.PI));
        }
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
