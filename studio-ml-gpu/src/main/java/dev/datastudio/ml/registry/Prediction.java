package dev.datastudio.ml.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a model says of a row. Immutable.
 *
 * <p>An imported model may tell nothing of a row, such as of one with a missing number: label and shares are empty then, and the
 * value is NaN.
 *
 * @param label the class, the group, or {@code usual} or {@code unusual}; empty when the model only tells numbers
 * @param value the number, or the share of the class; of a model that tells {@code numbers} the first of them
 * @param shares of all classes, which add up to 1, in the order of the model's classes; empty when it tells none
 * @param numbers that are told by their names, such as {@code distance} to the centre of the group, {@code anomaly score} or
 *     {@code component 1}; empty when it predicts a number or shares
 */
public record Prediction(String label, double value, Map<String, Double> shares, Map<String, Double> numbers) {
    public Prediction {
        Objects.requireNonNull(label, "label");
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
}
