package dev.datastudio.ml.train;

import java.util.OptionalDouble;

/**
 * How a pass over all training rows went. Immutable.
 *
 * @param number from 1
 * @param loss the mean over the training rows, while they were learnt from: cross-entropy of classes, half the mean
 *     square of what is left of numbers, which count in standard deviations
 * @param heldLoss the same of rows that were held back, after the pass; NaN when none were
 * @param learningRate of the pass
 */
public record Epoch(int number, double loss, double heldLoss, double learningRate) {
    /** The loss of the rows that were held back, when some were. */
    public OptionalDouble validationLoss() {
        return Double.isNaN(heldLoss) ? OptionalDouble.empty() : OptionalDouble.of(heldLoss);
    }
}
