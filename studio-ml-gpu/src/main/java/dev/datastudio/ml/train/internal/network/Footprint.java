package dev.datastudio.ml.train.internal.network;

import dev.datastudio.ml.algorithm.Autoencoder;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.Direction;
import dev.datastudio.ml.algorithm.GenerativeNetwork;
import dev.datastudio.ml.algorithm.RecurrentCell;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much layers take, told of their shapes before anything is made. Immutable.
 *
 * @param parameters how many numbers are learnt or kept beside those
 * @param valuesPerRow how many numbers all layers together make of a row
 */
public record Footprint(long parameters, long valuesPerRow) {
    /**
     * Numbers of 32 bits each: weights, slopes and both memories of the optimiser with PyTorch; the best so far, what was
     * learnt, a checkpoint and its stream, and the model as JSON and as bytes with Java.
     */
    private static final long BYTES_PER_PARAMETER = 16 * Float.BYTES;

    private static final int MOST_ROWS_AT_ONCE = 256;
    /** 256 MiB of numbers. */
    private static final long MOST_VALUES_AT_ONCE = 1L << 26;

    public static Footprint of(List<Layer> layers, long[] input) {
        Footprint all = new Footprint(0, size(input));
        long[] shape = input;
        for (Layer layer : layers) {
            long[] out = LayerList.shape(layer, shape, layer.name());
            all = all.and(of(layer, shape, out));
            shape = out;
        }
        return all;
    }

    /** Of the layers of an algorithm that reads rows of so many features. */
    public static Footprint of(DeepAlgorithm algorithm, int features, int outputs) {
        if (algorithm instanceof GenerativeNetwork spec) {
            return of(Architectures.maker(spec, features), new long[] {spec.noise()})
                    .and(of(Architectures.judge(spec), new long[] {(long) Generator.PACK * features}));
        }
        long[] input = Architectures.input(algorithm, features);
        return of(Architectures.of(algorithm, input, algorithm instanceof Autoencoder ? features : outputs), input);
    }

    /** What a training takes at most, in bytes: parameters, and the rows of a step with their slopes. */
    public long bytes(int batch) {
        long rows = Math.max(2L * batch, rowsAtOnce());
        return parameters * BYTES_PER_PARAMETER + rows * valuesPerRow * Float.BYTES;
    }

    /** How many rows are predicted at once. */
    int rowsAtOnce() {
        return (int) Math.max(1, Math.min(MOST_ROWS_AT_ONCE, MOST_VALUES_AT_ONCE / Math.max(1, valuesPerRow)));
    }

    /** In words: {@code a network of 1,200 parameters in batches of 32 rows}. */
    public String told(int batch) {
        return String.format(Locale.ROOT, "a network of %,d parameters in batches of %d rows", parameters, batch);
    }

    private Footprint and(Footprint other) {
        return new Footprint(parameters + other.parameters, valuesPerRow + other.valuesPerRow);
    }

    private static Footprint of(Layer layer, long[] in, long[] out) {
        long made = size(out);
        long width = in[in.length - 1];
        if (layer instanceof Layer.Dense dense) {
            return new Footprint((width + 1) * dense.units(), made);
        }
        if (layer instanceof Layer.Convolution convolution) {
            return new Footprint(convolution(convolution.filters(), convolution.kernel(), in), made);
        }
        if (layer instanceof Layer.BatchNorm) {
            return new Footprint(4 * (in.length == 2 ? width : in[0]), made);
        }
        if (layer instanceof Layer.LayerNorm) {
            return new Footprint(2 * width, made);
        }
        if (layer instanceof Layer.Recurrent recurrent) {
            long gates = gates(recurrent.cell());
            long units = recurrent.units();
            long directions = recurrent.direction() == Direction.BOTH ? 2 : 1;
            long each = gates * units * (width + units + 2);
            return new Footprint(directions * each, made + directions * in[0] * (gates + 2) * units);
        }
        if (layer instanceof Layer.Attention attention) {
            long looks = 2L * attention.heads() * in[0] * in[0];
            return new Footprint(4 * (width + 1) * width, made + 4 * made + looks);
        }
        if (layer instanceof Layer.Embedding embedding) {
            return new Footprint((long) embedding.words() * embedding.units(), made);
        }
        if (layer instanceof Layer.Residual residual) {
            long shortcut = Arrays.equals(in, out)
                    ? 0
                    : in.length == 1 ? (width + 1) * out[0] : convolution(channels(out), 1, in);
            return of(residual.layers(), in).and(new Footprint(shortcut, 2 * made));
        }
        return new Footprint(0, made);
    }

    private static long convolution(long filters, int kernel, long[] in) {
        long seen = in.length == 2 ? kernel : (long) kernel * kernel;
        return (seen * channels(in) + 1) * filters;
    }

    private static long channels(long[] shape) {
        return shape.length == 2 ? shape[1] : shape[0];
    }

    private static long gates(RecurrentCell cell) {
        return switch (cell) {
            case RNN -> 1;
            case GRU -> 3;
            case LSTM -> 4;
        };
    }

    private static long size(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
