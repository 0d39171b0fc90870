package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** Filters that find the same thing wherever it is: of pictures, or of steps in time. Immutable. */
public record ConvolutionalNetwork(
        @Parameter(byDefault = "16,32", meaning = "filters of each convolution, which halves the size")
        String filters,

        @Parameter(byDefault = "3", min = 1, max = 15, meaning = "points a side, or steps, that a filter sees; odd")
        int kernel,

        @Parameter(byDefault = "64", meaning = "units of each dense layer behind them")
        String hidden,

        @Parameter(byDefault = "0.0", min = 0, max = 0.9, meaning = "share of units that are left out of each step")
        double dropout,

        Reading reading,
        Descent descent)
        implements DeepAlgorithm {
    /** With the defaults of its parameters. */
    public static final ConvolutionalNetwork DEFAULT = Parameters.defaults(ConvolutionalNetwork.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public ConvolutionalNetwork {
        Parameters.check(ConvolutionalNetwork.class, filters, kernel, hidden, dropout, reading, descent);
    }

    @Override
    public ConvolutionalNetwork reading(Reading found) {
        return new ConvolutionalNetwork(filters, kernel, hidden, dropout, found, descent);
    }
}
