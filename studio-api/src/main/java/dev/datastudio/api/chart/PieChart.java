package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * The parts of a whole. Immutable.
 *
 * @param value what the slices measure; gives the format of the amounts
 * @param slices in the order in which they are drawn, clockwise from the top
 */
public record PieChart(ChartText text, Axis value, List<Slice> slices) implements Chart {
    public PieChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(value, "value");
        slices = List.copyOf(slices);
    }

    @Override
    public String kind() {
        return "pie";
    }

    @Override
    public boolean isEmpty() {
        return !(total() > 0);
    }

    /** The sum of all slices. */
    public double total() {
        double total = 0;
        for (Slice slice : slices) {
            total += slice.value();
        }
        return total;
    }

    /**
     * One part. Immutable.
     *
     * @param value finite and not negative
     */
    public record Slice(String label, double value) {
        public Slice {
            Objects.requireNonNull(label, "label");
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("value must be finite and not negative, was " + value);
            }
        }
    }
}
