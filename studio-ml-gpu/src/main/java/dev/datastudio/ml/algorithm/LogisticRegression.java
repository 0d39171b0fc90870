package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * Log-odds as a sum of the features, one set of coefficients a class (multinomial), with a ridge penalty; fitted with
 * L-BFGS (Liu and Nocedal, 1989). Classification only. The constant terms are not shrunk. Immutable.
 */
public record LogisticRegression(
        @Parameter(
                byDefault = "1.0",
                min = 1e-6,
                max = 1e6,
                meaning = "inverse weight of the squares of the coefficients, as C of other libraries")
        double regularization,

        @Parameter(byDefault = "200", min = 1, max = 10000, meaning = "most steps of the optimiser")
        int maxIterations)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final LogisticRegression DEFAULT = Parameters.defaults(LogisticRegression.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public LogisticRegression {
        Parameters.check(LogisticRegression.class, regularization, maxIterations);
    }
}
