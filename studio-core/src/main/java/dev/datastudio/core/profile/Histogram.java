package dev.datastudio.core.profile;

import java.util.List;
import java.util.Objects;

/**
 * How many values lie where, counted over all rows. Immutable.
 *
 * @param bins from low to high; empty when there is no value
 */
public record Histogram(List<Bin> bins) {
    /** Of a column without an order or without values. */
    public static final Histogram NONE = new Histogram(List.of());

    public Histogram {
        bins = List.copyOf(bins);
    }

    /** The count of the fullest bin; 0 when there is none. */
    public long highest() {
        return bins.stream().mapToLong(Bin::count).max().orElse(0);
    }

    /**
     * One bar: values from {@code from} up to, not including, {@code to}; the last one includes it. Immutable.
     *
     * @param from a number, or seconds since 1970-01-01 of a time; negative infinity when a low tail is gathered
     * @param to as {@code from}; positive infinity when a high tail is gathered
     * @param label where it lies, in words
     * @param count values in it
     */
    public record Bin(double from, double to, String label, long count) {
        public Bin {
            Objects.requireNonNull(label, "label");
        }
    }
}
