package dev.datastudio.ml.train.internal.network;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Autoencoder;
import dev.datastudio.ml.algorithm.Colours;
import dev.datastudio.ml.algorithm.ConvolutionalNetwork;
import dev.datastudio.ml.algorithm.CustomNetwork;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.GenerativeNetwork;
import dev.datastudio.ml.algorithm.InputKind;
import dev.datastudio.ml.algorithm.MultilayerPerceptron;
import dev.datastudio.ml.algorithm.Reading;
import dev.datastudio.ml.algorithm.RecurrentNetwork;
import dev.datastudio.ml.algorithm.ResidualNetwork;
import dev.datastudio.ml.algorithm.Transformer;
import java.util.ArrayList;
import java.util.List;

/** The layers of each architecture. */
final class Architectures {
    private static final int EMBEDDING = 32;
    private static final int MOST_UNITS = 65_536;
    private static final int MOST_PARTS = 100;

    private Architectures() {}

    /**
     * The shape of a row.
     *
     * @param features how many there are
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when they do not make whole steps
     */
    static long[] input(DeepAlgorithm algorithm, int features) {
        Reading reading = algorithm.reading();
        return switch (reading.input()) {
            case TABLE, TEXT -> new long[] {features};
            case PICTURE ->
                new long[] {reading.colours() == Colours.RGB ? 3 : 1, reading.pictureSize(), reading.pictureSize()};
            case STEPS -> {
                if (features % reading.valuesPerStep() != 0) {
                    throw wrong(
                            features + " columns can't be parted into steps of " + reading.valuesPerStep(),
                            "Name as many features for each step, or another valuesPerStep");
                }
                yield new long[] {features / reading.valuesPerStep(), reading.valuesPerStep()};
            }
            case AUTOMATIC -> throw new AssertionError("is found out before");
        };
    }

    /**
     * The layers, with a dense one of {@code outputs} units at the end.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when they can't read such rows
     */
    static List<Layer> of(DeepAlgorithm algorithm, long[] input, int outputs) {
        List<Layer> layers = new ArrayList<>(body(algorithm));
        long[] shape = LayerList.shape(layers, input);
        if (shape.length != 1) {
            throw wrong(
                    "The layers end with " + LayerList.told(shape) + " and not with a list of numbers",
                    "Put flatten or global_pool at their end");
        }
        layers.add(new Layer.Dense(outputs));
        return layers;
    }

    private static List<Layer> body(DeepAlgorithm algorithm) {
        if (algorithm instanceof MultilayerPerceptron spec) {
            return dense(spec.hidden(), spec.dropout());
        }
        if (algorithm instanceof ConvolutionalNetwork spec) {
            return convolutional(spec);
        }
        if (algorithm instanceof RecurrentNetwork spec) {
            return recurrent(spec);
        }
        if (algorithm instanceof Transformer spec) {
            return transformer(spec);
        }
        if (algorithm instanceof ResidualNetwork spec) {
            return residual(spec);
        }
        if (algorithm instanceof CustomNetwork spec) {
            return custom(spec);
        }
        if (algorithm instanceof Autoencoder spec) {
            return autoencoder(spec);
        }
        throw new AssertionError(algorithm);
    }

    private static List<Layer> autoencoder(Autoencoder spec) {
        List<Integer> sizes = new ArrayList<>(sizes(spec.hidden(), "hidden"));
        List<Layer> layers = dense(spec.hidden(), 0);
        layers.add(new Layer.Dense(spec.code()));
        java.util.Collections.reverse(sizes);
        for (int units : sizes) {
            layers.add(new Layer.Dense(units));
            layers.add(new Layer.Activation(Layer.Function.RELU));
        }
        return layers;
    }

    /** What makes rows of {@code columns} features out of noise. */
    static List<Layer> maker(GenerativeNetwork spec, int columns) {
        List<Layer> layers = dense(spec.hidden(), 0);
        layers.add(new Layer.Dense(columns));
        return layers;
    }

    /** What tells rows that were made from real ones. */
    static List<Layer> judge(GenerativeNetwork spec) {
        List<Layer> layers = new ArrayList<>();
        for (int units : sizes(spec.hidden(), "hidden")) {
            layers.add(new Layer.Dense(units));
            layers.add(new Layer.Activation(Layer.Function.LEAKY_RELU));
        }
        layers.add(new Layer.Dense(1));
        return layers;
    }

    private static List<Layer> dense(String hidden, double dropout) {
        List<Layer> layers = new ArrayList<>();
        for (int units : sizes(hidden, "hidden")) {
            layers.add(new Layer.Dense(units));
            layers.add(new Layer.Activation(Layer.Function.RELU));
            drop(layers, dropout);
        }
        return layers;
    }

    private static List<Layer> convolutional(ConvolutionalNetwork spec) {
        require(spec, InputKind.PICTURE, InputKind.STEPS, InputKind.TEXT);
        List<Layer> layers = words(spec.reading(), EMBEDDING);
        int size = spec.reading().input() == InputKind.PICTURE ? spec.reading().pictureSize() : Integer.MAX_VALUE;
        for (int filters : sizes(spec.filters(), "filters")) {
            layers.add(new Layer.Convolution(filters, spec.kernel(), 1));
            layers.add(new Layer.BatchNorm());
            layers.add(new Layer.Activation(Layer.Function.RELU));
            if (size >= 2) {
                layers.add(new Layer.Pool(Layer.Kind.MAX, 2));
                size /= 2;
            }
        }
        layers.add(new Layer.GlobalPool(Layer.Kind.AVERAGE));
        layers.addAll(dense(spec.hidden(), spec.dropout()));
        return layers;
    }

    private static List<Layer> recurrent(RecurrentNetwork spec) {
        require(spec, InputKind.STEPS, InputKind.TEXT);
        List<Layer> layers = words(spec.reading(), EMBEDDING);
        for (int i = 1; i <= spec.depth(); i++) {
            Layer.Output output = i == spec.depth() ? Layer.Output.LAST : Layer.Output.ALL;
            layers.add(new Layer.Recurrent(spec.cell(), spec.units(), spec.direction(), output));
            drop(layers, spec.dropout());
        }
        return layers;
    }

    private static List<Layer> transformer(Transformer spec) {
        require(spec, InputKind.STEPS, InputKind.TEXT);
        if (spec.width() % spec.heads() != 0) {
            throw wrong(
                    "A width of " + spec.width() + " can't be parted among " + spec.heads() + " heads",
                    "Use a width that is a multiple of heads");
        }
        List<Layer> layers = words(spec.reading(), spec.width());
        layers.add(new Layer.Dense(spec.width()));
        layers.add(new Layer.Positions());
        for (int i = 0; i < spec.depth(); i++) {
            List<Layer> look = new ArrayList<>(List.of(new Layer.LayerNorm(), new Layer.Attention(spec.heads())));
            drop(look, spec.dropout());
            layers.add(new Layer.Residual(look));
            List<Layer> think = new ArrayList<>(List.of(
                    new Layer.LayerNorm(),
                    new Layer.Dense(4 * spec.width()),
                    new Layer.Activation(Layer.Function.GELU),
                    new Layer.Dense(spec.width())));
            drop(think, spec.dropout());
            layers.add(new Layer.Residual(think));
        }
        layers.add(new Layer.LayerNorm());
        layers.add(new Layer.GlobalPool(Layer.Kind.AVERAGE));
        return layers;
    }

    private static List<Layer> residual(ResidualNetwork spec) {
        boolean isTable = spec.reading().input() == InputKind.TABLE;
        List<Layer> layers = words(spec.reading(), EMBEDDING);
        List<Integer> widths = sizes(spec.widths(), "widths");
        if (widths.isEmpty()) {
            throw wrong("A residual network has no widths", "Name at least one, such as 16,32");
        }
        layers.add(isTable ? new Layer.Dense(widths.get(0)) : new Layer.Convolution(widths.get(0), 3, 1));
        for (int stage = 0; stage < widths.size(); stage++) {
            for (int block = 0; block < spec.blocks(); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                List<Layer> inner = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    inner.add(new Layer.BatchNorm());
                    inner.add(new Layer.Activation(Layer.Function.RELU));
                    inner.add(
                            isTable
                                    ? new Layer.Dense(widths.get(stage))
                                    : new Layer.Convolution(widths.get(stage), 3, i == 0 ? stride : 1));
                }
                drop(inner, spec.dropout());
                layers.add(new Layer.Residual(inner));
            }
        }
        layers.add(new Layer.BatchNorm());
        layers.add(new Layer.Activation(Layer.Function.RELU));
        if (!isTable) {
            layers.add(new Layer.GlobalPool(Layer.Kind.AVERAGE));
        }
        return layers;
    }

    /** Of texts the number of words is known here, and an embedding is put in front where there is none. */
    private static List<Layer> custom(CustomNetwork spec) {
        List<Layer> listed = LayerList.parse(spec.layers());
        if (spec.reading().input() != InputKind.TEXT) {
            return listed;
        }
        boolean hasOne = !listed.isEmpty() && listed.get(0) instanceof Layer.Embedding;
        int units = hasOne ? ((Layer.Embedding) listed.get(0)).units() : EMBEDDING;
        List<Layer> layers = words(spec.reading(), units);
        layers.addAll(hasOne ? listed.subList(1, listed.size()) : listed);
        return layers;
    }

    /** Of texts an embedding; two codes stand for none and for an unknown word. */
    private static List<Layer> words(Reading reading, int units) {
        List<Layer> layers = new ArrayList<>();
        if (reading.input() == InputKind.TEXT) {
            layers.add(new Layer.Embedding(reading.words() + 2, units));
        }
        return layers;
    }

    private static void drop(List<Layer> layers, double rate) {
        if (rate > 0) {
            layers.add(new Layer.Dropout(rate));
        }
    }

    private static void require(DeepAlgorithm algorithm, InputKind... kinds) {
        if (!List.of(kinds).contains(algorithm.reading().input())) {
            throw wrong(
                    "A " + algorithm.name() + " can't read a row as "
                            + algorithm.reading().input().name().toLowerCase(java.util.Locale.ROOT),
                    "Use the input " + List.of(kinds).toString().toLowerCase(java.util.Locale.ROOT)
                            + ", or a multilayer_perceptron for a table");
        }
    }

    /** Numbers with commas between them. */
    static List<Integer> sizes(String text, String name) {
        List<Integer> sizes = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            if (text.isBlank()) {
                break;
            }
            String digits = each.strip();
            int size = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
            if (size < 1 || size > MOST_UNITS || sizes.size() == MOST_PARTS) {
                throw wrong(
                        "The parameter " + name + " must be at most " + MOST_PARTS + " whole numbers from 1 to "
                                + MOST_UNITS + " with commas between them, was " + StudioException.quote(text),
                        "Send a text such as 64,64");
            }
            sizes.add(size);
        }
        return sizes;
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
