package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** Reads steps or words one after the other and remembers (Hochreiter and Schmidhuber, 1997; Cho et al., 2014). Immutable. */
public record RecurrentNetwork(
        @Parameter(byDefault = "LSTM", meaning = "what remembers")
        RecurrentCell cell,

        @Parameter(byDefault = "32", min = 1, max = 1024, meaning = "numbers that are remembered, in each direction")
        int units,

        @Parameter(byDefault = "1", min = 1, max = 8, meaning = "layers on each other")
        int depth,

        @Parameter(byDefault = "FORWARD", meaning = "in which order steps are read")
        Direction direction,

        @Parameter(byDefault = "0.0", min = 0, max = 0.9, meaning = "share of units that are left out of each step")
        double dropout,

        Reading reading,
        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final RecurrentNetwork DEFAULT = Parameters.defaults(RecurrentNetwork.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public RecurrentNetwork {
        Parameters.check(RecurrentNetwork.class, cell, units, depth, direction, dropout, reading, descent);
    }

    @Override
    public RecurrentNetwork reading(Reading found) {
        return new RecurrentNetwork(cell, units, depth, direction, dropout, found, descent);
    }
}
