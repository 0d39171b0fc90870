package dev.datastudio.ml.train.internal.network;

import dev.datastudio.ml.algorithm.Direction;
import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.RecurrentCell;
import dev.datastudio.ml.algorithm.internal.Parameters;
import java.util.List;

/**
 * A layer of a network. All architectures are lists of these, in JSON the name of the record in lower case and its
 * parameters: {@code {"type": "dense", "units": 64}}.
 */
sealed interface Layer {
    /** All kinds that have parameters alone. */
    List<Class<? extends Record>> KINDS = List.of(
            Dense.class,
            Activation.class,
            Dropout.class,
            BatchNorm.class,
            LayerNorm.class,
            Convolution.class,
            Pool.class,
            GlobalPool.class,
            Flatten.class,
            Recurrent.class,
            Positions.class,
            Attention.class,
            Embedding.class);

    /** Its name in JSON. */
    default String name() {
        return Parameters.nameOf(getClass());
    }

    /** Weighted sums of the last dimension. */
    record Dense(
            @Parameter(byDefault = "64", min = 1, max = 65_536, meaning = "how many sums")
            int units) implements Layer {}

    /** What bends. */
    record Activation(
            @Parameter(byDefault = "RELU", meaning = "relu, leaky_relu, elu, gelu, tanh or sigmoid")
            Function function) implements Layer {}

    /** The functions of an {@link Activation}. */
    enum Function {
        RELU,
        LEAKY_RELU,
        ELU,
        GELU,
        TANH,
        SIGMOID
    }

    /** Leaves units out while training. */
    record Dropout(
            @Parameter(byDefault = "0.5", min = 0, max = 0.9, meaning = "share that is left out")
            double rate) implements Layer {}

    /** To mean 0 and size 1 over the rows of a batch (Ioffe and Szegedy, 2015). */
    record BatchNorm() implements Layer {}

    /** To mean 0 and size 1 over the last dimension (Ba et al., 2016). */
    record LayerNorm() implements Layer {}

    /** Filters over pictures or steps. Borders are filled with zeros. */
    record Convolution(
            @Parameter(byDefault = "16", min = 1, max = 4096, meaning = "how many filters")
            int filters,

            @Parameter(byDefault = "3", min = 1, max = 15, meaning = "points a side, or steps, that each sees; odd")
            int kernel,

            @Parameter(byDefault = "1", min = 1, max = 8, meaning = "how far a filter moves")
            int stride)
            implements Layer {}

    /** The greatest or the mean of neighbours. */
    record Pool(
            @Parameter(byDefault = "MAX", meaning = "max or average")
            Kind kind,

            @Parameter(byDefault = "2", min = 2, max = 16, meaning = "points a side, or steps, that become one")
            int size)
            implements Layer {}

    /** The greatest or the mean of all points or steps. */
    record GlobalPool(
            @Parameter(byDefault = "AVERAGE", meaning = "max or average")
            Kind kind) implements Layer {}

    /** What a pool takes. */
    enum Kind {
        MAX,
        AVERAGE
    }

    /** All numbers in one list. */
    record Flatten() implements Layer {}

    /** Reads steps one after the other. */
    record Recurrent(
            @Parameter(byDefault = "LSTM", meaning = "rnn, lstm or gru")
            RecurrentCell cell,

            @Parameter(
                    byDefault = "32",
                    min = 1,
                    max = 4096,
                    meaning = "numbers that are remembered, in each direction")
            int units,

            @Parameter(byDefault = "FORWARD", meaning = "forward or both")
            Direction direction,

            @Parameter(byDefault = "LAST", meaning = "last for what is remembered in the end, all for after each step")
            Output output)
            implements Layer {}

    /** What a recurrent layer tells. */
    enum Output {
        LAST,
        ALL
    }

    /** Adds waves that tell where a step stands (Vaswani et al., 2017, 3.5). */
    record Positions() implements Layer {}

    /** Each step takes of all steps what it looks for (scaled dot products). */
    record Attention(
            @Parameter(byDefault = "4", min = 1, max = 64, meaning = "ways of looking at once")
            int heads) implements Layer {}

    /** Numbers for each word. */
    record Embedding(
            @Parameter(byDefault = "2000", min = 2, max = 60_000, meaning = "how many words there are")
            int words,

            @Parameter(byDefault = "32", min = 1, max = 4096, meaning = "numbers a word")
            int units)
            implements Layer {}

    /** Adds what layers make of the input to the input, which is brought to their size where it has another. */
    record Residual(List<Layer> layers) implements Layer {
        public Residual {
            layers = List.copyOf(layers);
        }
    }
}
