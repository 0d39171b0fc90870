package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.TestSpec.Alternative;
import java.util.Arrays;

/**
 * Concordant and discordant pairs of two samples, counted by a merge sort in O(n log n) (Knight, "A computer method for
 * calculating Kendall's tau with ungrouped data", 1966), with Kendall's tau-b (1945) and its p-values.
 *
 * @param size pairs of values
 * @param discordant pairs of rows in opposite order
 * @param both pairs of rows tied in both samples
 * @param xRuns sums over runs of t equal values of the first: of t(t-1)/2, t(t-1)(t-2) and t(t-1)(2t+5)
 * @param yRuns the same of the second
 */
record KendallPairs(int size, double discordant, double both, double[] xRuns, double[] yRuns) {
    /** Up to so many pairs an exact p-value is taken without asking. */
    static final int SMALL = 33;

    static final int MOST_EXACT = 500;

    static KendallPairs of(double[] x, double[] y) {
        int n = x.length;
        int[] a = dense(x);
        int[] b = dense(y);
        long[] keys = new long[n];
        Arrays.setAll(keys, i -> ((long) a[i] << 32) | b[i]);
        Arrays.sort(keys);
        double both = runs(Arrays.stream(keys).map(k -> k).toArray())[0];
        int[] second = Arrays.stream(keys).mapToInt(k -> (int) k).toArray();
        double swaps = swaps(second, new int[n], 0, n);
        return new KendallPairs(n, swaps, both, runs(sorted(a)), runs(sorted(b)));
    }

    double tiesX() {
        return xRuns[0];
    }

    double tiesY() {
        return yRuns[0];
    }

    private double all() {
        return (double) size * (size - 1.0) / 2;
    }

    /** Concordant less discordant pairs. */
    private double balance() {
        return all() - tiesX() - tiesY() + both - 2 * discordant;
    }

    double tau() {
        double tau = balance() / Math.sqrt(all() - tiesX()) / Math.sqrt(all() - tiesY());
        return Math.max(-1, Math.min(1, tau));
    }

    /** The normal approximation with its variance under ties (Kendall, "Rank Correlation Methods", 1970). */
    double asymptotic(Alternative alternative) {
        double m = (double) size * (size - 1.0);
        double variance = (m * (2.0 * size + 5) - xRuns[2] - yRuns[2]) / 18
                + 2 * tiesX() * tiesY() / m
                + (size > 2 ? xRuns[1] * yRuns[1] / (9 * m * (size - 2)) : 0);
        return Tails.normal(balance() / Math.sqrt(variance), alternative);
    }

    /** The share of all orders with so few or so many inversions, by the recurrence of Kendall (1938). */
    double exact(Alternative alternative) {
        int most = (int) all();
        int inversions = (int) discordant;
        double atMost = share(inversions);
        double atLeast = share(most - inversions);
        return switch (alternative) {
            case GREATER -> atMost;
            case LESS -> atLeast;
            case TWO_SIDED -> Math.min(1, 2 * Math.min(atMost, atLeast));
        };
    }

    /** The share of the orders of n things with at most so many inversions; every number of inversions has a mirror. */
    private double share(int inversions) {
        double[] shares = new double[inversions + 1];
        shares[0] = 1;
        for (int k = 2; k <= size; k++) {
            double window = 0;
            double[] next = new double[inversions + 1];
            for (int i = 0; i <= inversions; i++) {
                window += shares[i];
                if (i >= k) {
                    window -= shares[i - k];
                }
                next[i] = window / k;
            }
            shares = next;
        }
        return Moments.sum(shares);
    }

    private static int[] dense(double[] values) {
        double[] sorted = Ranks.sorted(values);
        int[] ranks = new int[values.length];
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        for (int i = 0; i < values.length; i++) {
            ranks[i] = Arrays.binarySearch(sorted, 0, distinct, values[i] + 0.0);
        }
        return ranks;
    }

    private static long[] sorted(int[] ranks) {
        long[] sorted = Arrays.stream(ranks).asLongStream().toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] runs(long[] sorted) {
        double[] sums = new double[3];
        int from = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[from]) {
                double t = i - from;
                sums[0] += t * (t - 1) / 2;
                sums[1] += t * (t - 1) * (t - 2);
                sums[2] += t * (t - 1) * (2 * t + 5);
                from = i;
            }
        }
        return sums;
    }

    /** Sorts a part and counts its inversions. */
    private static double swaps(int[] values, int[] spare, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        double swaps = swaps(values, spare, from, middle) + swaps(values, spare, middle, to);
        System.arraycopy(values, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            if (left < middle && (right >= to || spare[left] <= spare[right])) {
                values[i] = spare[left++];
            } else {
                values[i] = spare[right++];
                swaps += middle - left;
            }
        }
        return swaps;
    }
}
