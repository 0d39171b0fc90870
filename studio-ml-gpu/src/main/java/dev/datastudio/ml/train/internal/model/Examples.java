package dev.datastudio.ml.train.internal.model;

import dev.datastudio.ml.prepare.internal.Matrix;
import java.util.Optional;

/**
 * What is learnt from.
 *
 * @param features a row an example
 * @param labels of each row: the number, or the place of the class
 * @param weights how much each row counts, positive
 * @param classes how many there are; 0 when a number is predicted
 * @param held rows that tell when to stop early, and take no other part
 * @param seed of everything that is drawn by chance
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Examples(
        Matrix features, double[] labels, double[] weights, int classes, Optional<Held> held, long seed) {
    /** Rows that are not learnt from. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Held(Matrix features, double[] labels) {}

    public boolean isClasses() {
        return classes > 0;
    }

    /** How many numbers a prediction has: the share of each class, or one number. */
    public int outputs() {
        return isClasses() ? classes : 1;
    }
}
