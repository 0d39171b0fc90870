package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** The layers that somebody listed, with a dense layer of one unit a class, or one, behind them. Immutable. */
public record CustomNetwork(
        @Parameter(byDefault = "[]", meaning = "a JSON list of layers, the first gets the row")
        String layers,

        Reading reading,
        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final CustomNetwork DEFAULT = Parameters.defaults(CustomNetwork.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public CustomNetwork {
        Parameters.check(CustomNetwork.class, layers, reading, descent);
    }

    @Override
    public CustomNetwork reading(Reading found) {
        return new CustomNetwork(layers, found, descent);
    }
}
