package dev.datastudio.core.chart;

import dev.datastudio.core.chart.HistogramBins.Values;
import java.util.Objects;

/**
 * What must be known about many numbers before their histogram is counted. Immutable.
 *
 * <p>From numbers in memory by {@link #of}; from millions of rows by one SQL statement with {@code count}, {@code min},
 * {@code quantile_cont} and {@code max}, whose result goes into the constructor.
 *
 * @param count how many values; the other numbers are not looked at when it is 0
 * @param missing how many rows have no value
 * @param values whether all of them are whole numbers
 */
public record ValueSummary(
        long count, long missing, double min, double q1, double median, double q3, double max, Values values) {
    public ValueSummary {
        Objects.requireNonNull(values, "values");
        if (count < 0 || missing < 0) {
            throw new IllegalArgumentException(
                    "count and missing must not be negative, were " + count + " and " + missing);
        }
    }

    /** The summary of some numbers, where NaN counts as missing. */
    public static ValueSummary of(double[] numbers) {
        double[] sorted = Quantiles.sorted(numbers);
        int missing = numbers.length - sorted.length;
        if (sorted.length == 0) {
            return new ValueSummary(
                    0, missing, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Values.CONTINUOUS);
        }
        Values values = Values.WHOLE;
        for (double number : sorted) {
            if (number != Math.rint(number)) {
                values = Values.CONTINUOUS;
                break;
            }
        }
        return new ValueSummary(
                sorted.length,
                missing,
                sorted[0],
                Quantiles.of(sorted, 0.25),
                Quantiles.of(sorted, 0.5),
                Quantiles.of(sorted, 0.75),
                sorted[sorted.length - 1],
                values);
    }

    /** The edges of the bins by {@link HistogramBins#edges}; empty when there is no value. */
    public double[] edges() {
        return count == 0 ? new double[0] : HistogramBins.edges(min, max, q1, q3, count, values);
    }

    /**
     * The edges of about so many bins by {@link HistogramBins#about}; empty when there is no value.
     *
     * @param bins above 0
     */
    public double[] edges(int bins) {
        return count == 0 ? new double[0] : HistogramBins.about(bins, min, max, values);
    }
}
