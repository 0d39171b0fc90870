package dev.datastudio.core.profile;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that a profile says of one column. Immutable.
 *
 * @param name as in the data set
 * @param type what its values are
 * @param role what it is for
 * @param unit of its numbers, empty when it is not known
 * @param rows of the data set
 * @param missing rows without a value
 * @param distinct different values
 * @param distinctAccuracy exact, or by a sketch on many rows
 * @param uniqueness whether each value stands once
 * @param order whether values rise or fall from row to row
 * @param min the least value as text; empty when there is none or no order
 * @param max the greatest value as text; empty when there is none or no order
 * @param top the most frequent values, the most frequent first, equal ones by value; their counts are exact
 * @param topAccuracy {@link Accuracy#SAMPLED} when a value outside of the list might be more frequent than the last of it
 * @param histogram of numbers and times
 * @param numbers of a column of numbers with a value
 * @param texts of a column of text with a value
 * @param times of a column of times with a value, and of whole numbers that are years
 */
public record ColumnDetails(
        String name,
        ColumnType type,
        ColumnRole role,
        String unit,
        long rows,
        long missing,
        long distinct,
        Accuracy distinctAccuracy,
        Uniqueness uniqueness,
        Order order,
        String min,
        String max,
        List<ValueCount> top,
        Accuracy topAccuracy,
        Histogram histogram,
        Optional<NumberDetails> numbers,
        Optional<TextDetails> texts,
        Optional<TimeDetails> times) {
    public ColumnDetails {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(distinctAccuracy, "distinctAccuracy");
        Objects.requireNonNull(uniqueness, "uniqueness");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
        Objects.requireNonNull(topAccuracy, "topAccuracy");
        Objects.requireNonNull(histogram, "histogram");
        Objects.requireNonNull(numbers, "numbers");
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(times, "times");
        top = List.copyOf(top);
    }

    /** Rows with a value. */
    public long count() {
        return rows - missing;
    }

    /** The part of the rows without a value, 0 to 1. */
    public double missingShare() {
        return rows == 0 ? 0 : (double) missing / rows;
    }

    /** Whether no row has a value. */
    public boolean isEmpty() {
        return missing == rows;
    }

    /** Whether all rows with a value have the same one. */
    public boolean isConstant() {
        return !isEmpty() && distinct == 1;
    }

    /** Whether each row has a value that no other row has. */
    public boolean isKey() {
        return uniqueness == Uniqueness.UNIQUE && missing == 0;
    }

    /** Whether each value stands once. */
    public enum Uniqueness {
        /** No value stands in two rows. */
        UNIQUE,
        /** Some value does, or there is no value. */
        NOT_UNIQUE
    }

    /** Whether values rise or fall from row to row, rows without a value aside. */
    public enum Order {
        /** Each value is above the one before. */
        STRICTLY_RISING,
        /** No value is below the one before. */
        RISING,
        /** Each value is below the one before. */
        STRICTLY_FALLING,
        /** No value is above the one before. */
        FALLING,
        /** Neither, or fewer than two different values. */
        NONE
    }

    /**
     * A value and how often it stands. Immutable.
     *
     * @param value as text, cut at 500 characters
     * @param count rows with it
     */
    public record ValueCount(String value, long count) {
        public ValueCount {
            Objects.requireNonNull(value, "value");
        }
    }
}
