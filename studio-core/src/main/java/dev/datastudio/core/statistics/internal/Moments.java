package dev.datastudio.core.statistics.internal;

import java.util.Arrays;

/**
 * Size, centre and shape of a sample, from two passes with compensated sums (Neumaier, 1974). Immutable.
 *
 * @param variance of the sample, divided by n - 1; NaN for a single value
 * @param skewness third standardised moment, divided by n (g1); NaN without spread
 * @param kurtosis fourth standardised moment, divided by n (b2), 3 for a normal distribution; NaN without spread
 */
record Moments(long size, double mean, double variance, double skewness, double kurtosis) {
    static Moments of(double[] values) {
        int n = values.length;
        double mean = sum(values) / n;
        double[] deviations = new double[n];
        Arrays.setAll(deviations, i -> values[i] - mean);
        double drift = sum(deviations);
        double squares = sum(powers(deviations, 2)) - drift * drift / n;
        double variance = n < 2 ? Double.NaN : squares / (n - 1);
        double second = squares / n;
        double skewness = sum(powers(deviations, 3)) / n / Math.pow(second, 1.5);
        double kurtosis = sum(powers(deviations, 4)) / n / (second * second);
        return new Moments(n, mean, variance, skewness, kurtosis);
    }

    private static double[] powers(double[] values, int exponent) {
        double[] powers = new double[values.length];
        Arrays.setAll(powers, i -> {
            double square = values[i] * values[i];
            return exponent == 2 ? square : exponent == 3 ? square * values[i] : square * square;
        });
        return powers;
    }

    /** The sum, without the rounding errors of adding one by one. */
    static double sum(double[] values) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return sum + lost;
    }

    double deviation() {
        return Math.sqrt(variance);
    }

    /** The middle value, or the mean of the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
    }

    /** Whether every value is the same. */
    static boolean isConstant(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }
}
