package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * Makes new rows out of noise that another network can't tell from real ones (Goodfellow et al., "Generative Adversarial
 * Nets", 2014). Learns without a target. Immutable.
 */
public record GenerativeNetwork(
        @Parameter(byDefault = "64,64", meaning = "units of the hidden layers of both networks")
        String hidden,

        @Parameter(byDefault = "8", min = 1, max = 1024, meaning = "random numbers that a row is made of")
        int noise,

        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final GenerativeNetwork DEFAULT = Parameters.defaults(GenerativeNetwork.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public GenerativeNetwork {
        Parameters.check(GenerativeNetwork.class, hidden, noise, descent);
    }

    /** A table, always. */
    @Override
    public Reading reading() {
        return Reading.DEFAULT.of(InputKind.TABLE);
    }

    @Override
    public GenerativeNetwork reading(Reading found) {
        return this;
    }

    @Override
    public boolean needsTarget() {
        return false;
    }
}
