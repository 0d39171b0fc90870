package dev.datastudio.ml.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a model says of a row. Immutable.
 *
 * @param label the class; empty when the model predicts a number
 * @param value the number, or the share of the class
 * @param shares of all classes, which add up to 1, in the order of the model's classes; empty for a number
 */
public record Prediction(String label, double value, Map<String, Double> shares) {
    public Prediction {
        Objects.requireNonNull(label, "label");
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }
}
