package dev.datastudio.ml.registry;

import java.util.List;
import java.util.Objects;

/**
 * Why a model says what it says of one row: what each column adds to the margin. Immutable.
 *
 * @param prediction what the model says of the row
 * @param label the class whose margin is explained; empty when the model predicts a number
 * @param margin of a number the number itself; of two classes the log-odds of {@code label}; of more the logarithm of the
 *     class's share but for a constant that all classes have in common
 * @param base what every row begins with
 * @param contributions of all columns, the greatest first, whichever way it goes; with {@code base} they add up to the margin,
 *     but for the rounding of 32-bit floating-point numbers
 */
public record Explanation(
        Prediction prediction, String label, double margin, double base, List<Contribution> contributions) {
    public Explanation {
        Objects.requireNonNull(prediction, "prediction");
        Objects.requireNonNull(label, "label");
        contributions = List.copyOf(contributions);
    }

    /**
     * What one column adds. Immutable.
     *
     * @param column of the data set
     * @param amount in the unit of the margin; negative when it speaks against
     */
    public record Contribution(String column, double amount) {
        public Contribution {
            Objects.requireNonNull(column, "column");
        }
    }
}
