package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** Dense layers, one after the other. Immutable. */
public record MultilayerPerceptron(
        @Parameter(byDefault = "64,64", meaning = "units of each hidden layer")
        String hidden,

        @Parameter(byDefault = "0.0", min = 0, max = 0.9, meaning = "share of units that are left out of each step")
        double dropout,

        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final MultilayerPerceptron DEFAULT = Parameters.defaults(MultilayerPerceptron.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public MultilayerPerceptron {
        Parameters.check(MultilayerPerceptron.class, hidden, dropout, descent);
    }

    /** A table, always. */
    @Override
    public Reading reading() {
        return Reading.DEFAULT.of(InputKind.TABLE);
    }

    @Override
    public MultilayerPerceptron reading(Reading found) {
        return this;
    }
}
