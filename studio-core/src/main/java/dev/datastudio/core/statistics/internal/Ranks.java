package dev.datastudio.core.statistics.internal;

import java.util.Arrays;

/**
 * Ranks from 1, equal values sharing the mean of theirs. Sorts primitives, so a million values need no objects.
 *
 * @param of the rank of each value, in the order given
 * @param ties the sum of t³ - t over each run of t equal values; 0 without ties
 */
record Ranks(double[] of, double ties) {
    static Ranks of(double[] values) {
        double[] sorted = sorted(values);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i] + 0.0;
            int at = Arrays.binarySearch(sorted, value);
            ranks[i] = (first(sorted, at) + last(sorted, at)) / 2.0 + 1;
        }
        return new Ranks(ranks, tieSum(sorted));
    }

    /** The values rising, with one zero only. */
    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.setAll(sorted, i -> sorted[i] + 0.0);
        Arrays.sort(sorted);
        return sorted;
    }

    boolean hasTies() {
        return ties > 0;
    }

    private static double tieSum(double[] sorted) {
        double sum = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = last(sorted, from) + 1;
            double run = to - from;
            sum += run * run * run - run;
            from = to;
        }
        return sum;
    }

    /** The least index of the value at an index; doubling steps, so long runs are no cost. */
    private static int first(double[] sorted, int at) {
        int step = 1;
        int high = at;
        int low = at - 1;
        while (low >= 0 && sorted[low] == sorted[at]) {
            high = low;
            step *= 2;
            low -= step;
        }
        low = Math.max(low, -1);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] == sorted[at]) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static int last(double[] sorted, int at) {
        long step = 1;
        int low = at;
        long high = at + 1L;
        while (high < sorted.length && sorted[(int) high] == sorted[at]) {
            low = (int) high;
            step *= 2;
            high += step;
        }
        int end = (int) Math.min(high, sorted.length);
        while (end - low > 1) {
            int middle = (low + end) >>> 1;
            if (sorted[middle] == sorted[at]) {
                low = middle;
            } else {
                end = middle;
            }
        }
        return low;
    }
}
