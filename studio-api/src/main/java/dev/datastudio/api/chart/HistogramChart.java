package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * How many values lie in each of some adjoining ranges. Immutable.
 *
 * @param value the axis of the values
 * @param count the axis of the counts
 * @param bins from low to high, without holes. The first may begin at negative infinity and the last end at positive
 *     infinity: such a bin gathers the far values of a long tail, is drawn apart and labelled {@code > 2,000}
 * @param median a value to mark; NaN marks none
 */
public record HistogramChart(ChartText text, Axis value, Axis count, List<Bin> bins, double median) implements Chart {
    public HistogramChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(count, "count");
        bins = List.copyOf(bins);
        for (int i = 1; i < bins.size(); i++) {
            if (bins.get(i).from() != bins.get(i - 1).to()) {
                throw new IllegalArgumentException("bins must adjoin, but bin " + i + " begins at "
                        + bins.get(i).from() + " and the one before ends at "
                        + bins.get(i - 1).to());
            }
        }
        if (!bins.isEmpty() && bins.stream().noneMatch(Bin::isBounded)) {
            throw new IllegalArgumentException("bins must hold one with two finite edges");
        }
    }

    @Override
    public String kind() {
        return "histogram";
    }

    @Override
    public boolean isEmpty() {
        return bins.isEmpty();
    }

    /**
     * The values from one edge up to, not including, the other; the last bounded bin includes both.
     *
     * @param from the lower edge; negative infinity for the gathered low tail
     * @param to the upper edge, above {@code from}; positive infinity for the gathered high tail
     * @param count how many values, not negative
     */
    public record Bin(double from, double to, long count) {
        public Bin {
            if (!(from < to)) {
                throw new IllegalArgumentException("from must be below to, was " + from + " and " + to);
            }
            if (count < 0) {
                throw new IllegalArgumentException("count must not be negative, was " + count);
            }
        }

        /** Whether both edges are finite. */
        public boolean isBounded() {
            return Double.isFinite(from) && Double.isFinite(to);
        }
    }
}
