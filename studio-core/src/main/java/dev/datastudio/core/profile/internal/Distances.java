package dev.datastudio.core.profile.internal;

import java.util.Arrays;

/** How far two distributions lie apart. */
final class Distances {
    private static final double LEAST_SHARE = 0.0001;

    private Distances() {}

    /** The two-sample Kolmogorov-Smirnov statistic of sorted values; NaN when one has none. */
    static double kolmogorovSmirnov(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
        }
        double most = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double value = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= value) {
                i++;
            }
            while (j < b.length && b[j] <= value) {
                j++;
            }
            most = Math.max(most, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return most;
    }

    /** The population stability index of shares. */
    static double populationStability(double[] newer, double[] older) {
        double sum = 0;
        for (int i = 0; i < newer.length; i++) {
            double p = Math.max(LEAST_SHARE, newer[i]);
            double q = Math.max(LEAST_SHARE, older[i]);
            sum += (p - q) * Math.log(p / q);
        }
        return sum;
    }

    /** The total variation distance of shares. */
    static double totalVariation(double[] newer, double[] older) {
        double sum = 0;
        for (int i = 0; i < newer.length; i++) {
            sum += Math.abs(newer[i] - older[i]);
        }
        return sum / 2;
    }

    /** Inner edges that part sorted values into tenths, each different. */
    static double[] tenths(double[] sorted) {
        double[] edges = new double[9];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[(int) ((long) sorted.length * (i + 1) / 10)];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    /** Shares of sorted values below the first edge, from each edge up to the next, and from the last on. */
    static double[] shares(double[] sorted, double[] edges) {
        double[] shares = new double[edges.length + 1];
        int from = 0;
        for (int i = 0; i <= edges.length; i++) {
            int to = i == edges.length ? sorted.length : below(sorted, edges[i]);
            shares[i] = (double) (to - from) / sorted.length;
            from = to;
        }
        return shares;
    }

    private static int below(double[] sorted, double edge) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < edge) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
