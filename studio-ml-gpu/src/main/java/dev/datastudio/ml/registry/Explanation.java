package dev.datastudio.ml.registry;

import java.util.List;
import java.util.Objects;

/**
 * Why a model says what it says of one row: what each column adds to the margin. Immutable.
 *
 * @param prediction what the model says of the row
 * @param label the class whose margin is explained; empty when the model predicts a number
 * @param unit what the margin is
 * @param margin what is explained
 * @param base what every row begins with
 * @param contributions of all columns, the greatest first, whichever way it goes; with {@code base} they add up to the margin,
 *     but for the rounding of 32-bit floating-point numbers
 */
public record Explanation(
        Prediction prediction, String label, Unit unit, double margin, double base, List<Contribution> contributions) {
    public Explanation {
        Objects.requireNonNull(prediction, "prediction");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(unit, "unit");
        contributions = List.copyOf(contributions);
    }

    /** What a margin is. */
    public enum Unit {
        /** The predicted number itself. */
        NUMBER,
        /** The share of the class, from 0 to 1: of trees and forests. */
        SHARE,
        /**
         * Of two classes the logarithm of the odds of the class; of more the logarithm of its share but for a constant that
         * all classes have in common: of boosted and linear models.
         */
        LOG_ODDS
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
