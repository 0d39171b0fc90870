package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** Many layers, each of which adds to what came before it (He et al., 2016). Immutable. */
public record ResidualNetwork(
        @Parameter(
                byDefault = "16,32",
                meaning = "width of each stage: filters of pictures and steps, units of a table")
        String widths,

        @Parameter(byDefault = "2", min = 1, max = 50, meaning = "blocks of two layers a stage")
        int blocks,

        @Parameter(byDefault = "0.0", min = 0, max = 0.9, meaning = "share of units that are left out of each step")
        double dropout,

        Reading reading,
        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final ResidualNetwork DEFAULT = Parameters.defaults(ResidualNetwork.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public ResidualNetwork {
        Parameters.check(ResidualNetwork.class, widths, blocks, dropout, reading, descent);
    }

    @Override
    public ResidualNetwork reading(Reading found) {
        return new ResidualNetwork(widths, blocks, dropout, found, descent);
    }
}
