package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** Each step looks at all others, wherever they are (Vaswani et al., 2017; normalised before each part). Immutable. */
public record Transformer(
        @Parameter(byDefault = "32", min = 2, max = 1024, meaning = "numbers a step; a multiple of heads, and even")
        int width,

        @Parameter(byDefault = "4", min = 1, max = 32, meaning = "ways in which a step looks at others at once")
        int heads,

        @Parameter(byDefault = "2", min = 1, max = 24, meaning = "layers on each other")
        int depth,

        @Parameter(byDefault = "0.1", min = 0, max = 0.9, meaning = "share of units that are left out of each step")
        double dropout,

        Reading reading,
        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final Transformer DEFAULT = Parameters.defaults(Transformer.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public Transformer {
        Parameters.check(Transformer.class, width, heads, depth, dropout, reading, descent);
    }

    @Override
    public Transformer reading(Reading found) {
        return new Transformer(width, heads, depth, dropout, found, descent);
    }
}
