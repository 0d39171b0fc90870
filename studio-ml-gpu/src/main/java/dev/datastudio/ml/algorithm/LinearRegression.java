package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * A line, plane or hyperplane by least squares: ridge in closed form, lasso and elastic net by coordinate descent
 * (Friedman, Hastie and Tibshirani, 2010). Regression only. The constant term is never shrunk. Immutable.
 */
public record LinearRegression(
        @Parameter(byDefault = "NONE", meaning = "what keeps coefficients small")
        Penalty penalty,

        @Parameter(
                byDefault = "0.01",
                min = 0,
                max = 1e6,
                meaning = "weight of the penalty beside the mean squared error of standardised features")
        double strength,

        @Parameter(
                byDefault = "0.5",
                min = 0,
                max = 1,
                meaning = "share of the absolute values in an elastic net; the rest are squares")
        double lassoShare)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final LinearRegression DEFAULT = Parameters.defaults(LinearRegression.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public LinearRegression {
        Parameters.check(LinearRegression.class, penalty, strength, lassoShare);
    }
}
