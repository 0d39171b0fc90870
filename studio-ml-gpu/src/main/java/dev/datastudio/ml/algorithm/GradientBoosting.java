package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * Trees that mend what those before them left, with a few leaves each, grown best leaf first (Friedman, 2001); by
 * XGBoost. Immutable.
 */
public record GradientBoosting(
        @Parameter(byDefault = "100", min = 1, max = 5000, meaning = "most trees a class")
        int rounds,

        @Parameter(byDefault = "0.1", min = 1e-4, max = 1, meaning = "how much of each tree is used")
        double learningRate,

        @Parameter(byDefault = "31", min = 2, max = 1024, meaning = "most leaves of a tree")
        int maxLeaves,

        @Parameter(
                byDefault = "20",
                min = 1,
                max = 100000,
                meaning = "least rows of a leaf; of classes those count as one whose prediction is 95% certain, more"
                        + " uncertain ones as up to five")
        int minLeaf,

        @Parameter(
                byDefault = "128",
                min = 16,
                max = 1024,
                meaning = "most bins that a feature is cut into; fewer are faster, and splits are between bins")
        int bins,

        @Parameter(
                byDefault = "0",
                min = 0,
                max = 500,
                meaning = "ends after so many trees that did not better the validation rows; 0 for never")
        int patience)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final GradientBoosting DEFAULT = Parameters.defaults(GradientBoosting.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public GradientBoosting {
        Parameters.check(GradientBoosting.class, rounds, learningRate, maxLeaves, minLeaf, bins, patience);
    }
}
