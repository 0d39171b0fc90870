package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * One tree (Breiman and others, 1984) over features cut into at most 256 bins, split where the squared error or the
 * Gini impurity falls most. Immutable.
 */
public record DecisionTree(
        @Parameter(byDefault = "64", min = 1, max = 64, meaning = "most questions from the root to a leaf")
        int maxDepth,

        @Parameter(byDefault = "1", min = 1, max = 100000, meaning = "fewest rows in a leaf")
        int minLeaf)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final DecisionTree DEFAULT = Parameters.defaults(DecisionTree.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public DecisionTree {
        Parameters.check(DecisionTree.class, maxDepth, minLeaf);
    }
}
