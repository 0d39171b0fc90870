package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * Squeezes rows through a few numbers and learns to make them again; rows that it makes badly are unusual (Hinton and
 * Salakhutdinov, 2006). Learns without a target. Immutable.
 */
public record Autoencoder(
        @Parameter(
                byDefault = "32",
                meaning = "units of the hidden layers before the code; after it they come in reverse")
        String hidden,

        @Parameter(byDefault = "2", min = 1, max = 1024, meaning = "numbers that a row is squeezed through")
        int code,

        @Parameter(
                byDefault = "0.05",
                min = 0.0001,
                max = 0.5,
                meaning = "share of rows like those of training that are told as unusual")
        double unusualShare,

        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final Autoencoder DEFAULT = Parameters.defaults(Autoencoder.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public Autoencoder {
        Parameters.check(Autoencoder.class, hidden, code, unusualShare, descent);
    }

    /** A table, always. */
    @Override
    public Reading reading() {
        return Reading.DEFAULT.of(InputKind.TABLE);
    }

    @Override
    public Autoencoder reading(Reading found) {
        return this;
    }

    @Override
    public boolean needsTarget() {
        return false;
    }
}
