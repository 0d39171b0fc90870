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
    private static final int GRID = 2048;
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
        double from = min - cut * bandwidth;
        double step = (max + cut * bandwidth - from) / (POINTS - 1);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double x = from + i * step;
            points.add(new Point(x, density(x, places, weights, bandwidth) / sorted.length));
        }
        return points;
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
        return Math.sqrt(squares / (count - 1)) * Math.pow(count, -0.2);
    }
}
