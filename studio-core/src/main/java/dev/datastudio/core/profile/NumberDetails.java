package dev.datastudio.core.profile;

import java.util.List;
import java.util.Objects;

/**
 * The values of a column of numbers. Infinite values count as missing here. Immutable.
 *
 * @param mean the arithmetic mean
 * @param deviation the standard deviation of the sample (n - 1); NaN for fewer than two values
 * @param skewness adjusted Fisher-Pearson coefficient G1 (Joanes and Gill 1998, as pandas and Excel); NaN for fewer than
 *     three values or a constant
 * @param kurtosis excess kurtosis G2 (the same source); NaN for fewer than four values or a constant
 * @param quantiles of 5, 25, 50, 75 and 95 per cent, interpolated between neighbours (Hyndman and Fan's type 7)
 * @param quantileAccuracy exact, or by t-digest on many rows
 * @param min the least value
 * @param max the greatest value
 * @param sum of all values
 * @param zeros values that are 0
 * @param negatives values below 0
 * @param outliers values far from the middle half
 */
public record NumberDetails(
        double mean,
        double deviation,
        double skewness,
        double kurtosis,
        List<Quantile> quantiles,
        Accuracy quantileAccuracy,
        double min,
        double max,
        double sum,
        long zeros,
        long negatives,
        Outliers outliers) {
    public NumberDetails {
        Objects.requireNonNull(quantileAccuracy, "quantileAccuracy");
        Objects.requireNonNull(outliers, "outliers");
        quantiles = List.copyOf(quantiles);
    }

    /** The value below which a part of the values lie; NaN when the profile has not computed it. */
    public double quantile(double part) {
        return quantiles.stream()
                .filter(quantile -> quantile.part() == part)
                .mapToDouble(Quantile::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The middle value. */
    public double median() {
        return quantile(0.5);
    }

    /** The distance of the quartiles. */
    public double interquartileRange() {
        return quantile(0.75) - quantile(0.25);
    }

    /**
     * One quantile. Immutable.
     *
     * @param part 0 to 1
     * @param value so much of the values is at most this
     */
    public record Quantile(double part, double value) {}

    /**
     * Values beyond 1.5 times the distance of the quartiles (Tukey's fences). Immutable.
     *
     * @param lowFence values below are outliers
     * @param highFence values above are outliers
     * @param low how many are below
     * @param high how many are above
     * @param examples the most distant ones, at most three at each end, rising
     */
    public record Outliers(double lowFence, double highFence, long low, long high, List<Double> examples) {
        public Outliers {
            examples = List.copyOf(examples);
        }

        /** How many there are at both ends. */
        public long count() {
            return low + high;
        }
    }
}
