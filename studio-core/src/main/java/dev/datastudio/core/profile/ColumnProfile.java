package dev.datastudio.core.profile;

import dev.datastudio.api.dataset.ColumnType;
import java.util.List;
import java.util.Objects;

/**
 * The values of one column in numbers. Immutable.
 *
 * @param name as in the data set
 * @param type as in the data set
 * @param count rows with a value
 * @param nulls rows without
 * @param distinct different values, about; exact where the data set knows it exactly
 * @param min the least value as text, empty when there is no value or no order
 * @param max the greatest value as text, empty when there is no value or no order
 * @param mean the arithmetic mean; NaN for columns that are no numbers and for no values
 * @param deviation the standard deviation of the sample (n - 1); NaN for fewer than two numbers
 * @param quartiles the lower quartile, the median and the upper quartile, interpolated between neighbours; beyond
 *     100,000 rows an approximation (t-digest); empty for columns that are no numbers
 * @param top the most frequent values as text, the most frequent first, at most five; found by the Filtered
 *     Space-Saving algorithm, so values of nearly the same frequency may change places
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        long count,
        long nulls,
        long distinct,
        String min,
        String max,
        double mean,
        double deviation,
        List<Double> quartiles,
        List<String> top) {
    public ColumnProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        quartiles = List.copyOf(quartiles);
        top = List.copyOf(top);
    }
}
