package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * The mean or the vote of the closest training rows, by Euclidean distance over scaled features. Immutable.
 */
public record NearestNeighbours(
        @Parameter(byDefault = "5", min = 1, max = 1000, meaning = "how many")
        int neighbours,

        @Parameter(byDefault = "UNIFORM", meaning = "how much each counts")
        NeighbourWeight weight)
        implements Algorithm {
    /** With the defaults of its parameters. */
    public static final NearestNeighbours DEFAULT = Parameters.defaults(NearestNeighbours.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public NearestNeighbours {
        Parameters.check(NearestNeighbours.class, neighbours, weight);
    }
}
