package dev.datastudio.ml.registry;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.ml.spec.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model is given and what it tells. Immutable.
 *
 * @param task what it does
 * @param target the column that it predicts; empty when it tells something else
 * @param columns what it is given, and what their values are, in order
 * @param classes what it tells apart, in order; empty when it only tells numbers
 * @param features what the columns become, in order
 * @param numbers the names of the numbers that it tells of a row beside or instead of a class, in order, such as {@code
 *     distance} or {@code component 1}; empty for one that predicts a number or shares of classes
 */
public record Signature(
        Task task,
        String target,
        Map<String, ColumnType> columns,
        List<String> classes,
        List<String> features,
        List<String> numbers) {
    public Signature {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(target, "target");
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        classes = List.copyOf(classes);
        features = List.copyOf(features);
        numbers = List.copyOf(numbers);
    }
}
