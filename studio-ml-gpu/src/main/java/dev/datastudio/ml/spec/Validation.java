package dev.datastudio.ml.spec;

import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * How choices are judged while training, on the rows that are not for the test. Immutable.
 */
public record Validation(
        @Parameter(
                byDefault = "0",
                min = 0,
                max = 20,
                meaning = "parts of a cross-validation, whose scores stand beside those of the test; 0 for none")
        int folds,

        @Parameter(
                byDefault = "0.1",
                min = 0.05,
                max = 0.5,
                meaning = "share of the training rows that tell when to stop early")
        double share,

        @Parameter(
                byDefault = "0",
                min = 0,
                max = 10,
                meaning = "points of a learning curve, each of which is a training on more of the rows; 0 for none")
        int curvePoints) {
    /** With the defaults. */
    public static final Validation DEFAULT = Parameters.defaults(Validation.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public Validation {
        Parameters.check(Validation.class, folds, share, curvePoints);
    }

    /** Without a learning curve. */
    public Validation(int folds, double share) {
        this(folds, share, 0);
    }
}
