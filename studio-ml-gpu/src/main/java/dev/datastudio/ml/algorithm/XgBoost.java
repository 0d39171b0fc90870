package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * XGBoost (Chen and Guestrin, 2016) with its own parameters: trees grown level by level over histograms. Immutable.
 */
public record XgBoost(
        @Parameter(byDefault = "200", min = 1, max = 5000, meaning = "most trees a class")
        int rounds,

        @Parameter(byDefault = "0.1", min = 1e-4, max = 1, meaning = "how much of each tree is used (eta)")
        double learningRate,

        @Parameter(byDefault = "6", min = 1, max = 16, meaning = "most questions from the root to a leaf")
        int maxDepth,

        @Parameter(byDefault = "1.0", min = 0.1, max = 1, meaning = "share of the rows that a tree sees (subsample)")
        double rowShare,

        @Parameter(
                byDefault = "1.0",
                min = 0.1,
                max = 1,
                meaning = "share of the features that a tree sees (colsample_bytree)")
        double featureShare,

        @Parameter(byDefault = "1.0", min = 0, max = 1000, meaning = "weight of the squares of leaf values (lambda)")
        double ridge,

        @Parameter(
                byDefault = "0",
                min = 0,
                max = 500,
                meaning = "ends after so many trees that did not better the validation rows; 0 for never")
        int patience)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final XgBoost DEFAULT = Parameters.defaults(XgBoost.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public XgBoost {
        Parameters.check(XgBoost.class, rounds, learningRate, maxDepth, rowShare, featureShare, ridge, patience);
    }
}
