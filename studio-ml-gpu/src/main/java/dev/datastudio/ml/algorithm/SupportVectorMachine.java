package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * A margin with kernels (Cortes and Vapnik, 1995), fitted by LIBSVM. Its time grows with the square of the rows, so it
 * takes at most maxRows of them, drawn by the seed. Immutable.
 */
public record SupportVectorMachine(
        @Parameter(byDefault = "RBF", meaning = "how two rows are compared")
        Kernel kernel,

        @Parameter(
                byDefault = "1.0",
                min = 1e-6,
                max = 1e6,
                meaning = "weight of rows on the wrong side, as C of other libraries")
        double cost,

        @Parameter(
                byDefault = "0",
                min = 0,
                max = 1e6,
                meaning = "width of the RBF kernel; 0 for 1 / (features x variance)")
        double gamma,

        @Parameter(byDefault = "0.1", min = 0, max = 1e6, meaning = "width of the tube without a loss, of regression")
        double epsilon,

        @Parameter(byDefault = "20000", min = 10, max = 200000, meaning = "most training rows")
        int maxRows)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final SupportVectorMachine DEFAULT = Parameters.defaults(SupportVectorMachine.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public SupportVectorMachine {
        Parameters.check(SupportVectorMachine.class, kernel, cost, gamma, epsilon, maxRows);
    }
}
