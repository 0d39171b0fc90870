package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * Trees on resampled rows with some of the features a split (Breiman, 2001), averaged; over features cut into at most
 * 256 bins. Immutable.
 */
public record RandomForest(
        @Parameter(byDefault = "100", min = 1, max = 2000, meaning = "how many trees")
        int trees,

        @Parameter(byDefault = "64", min = 1, max = 64, meaning = "most questions from the root to a leaf")
        int maxDepth,

        @Parameter(byDefault = "1", min = 1, max = 100000, meaning = "fewest rows in a leaf")
        int minLeaf,

        @Parameter(byDefault = "AUTOMATIC", meaning = "how many features each split may choose from")
        FeatureSampling features)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final RandomForest DEFAULT = Parameters.defaults(RandomForest.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public RandomForest {
        Parameters.check(RandomForest.class, trees, maxDepth, minLeaf, features);
    }
}
