package dev.datastudio.ml.train.internal.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.datastudio.ml.algorithm.Direction;
import dev.datastudio.ml.algorithm.RecurrentCell;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Makes the blocks that compute layers. Shapes come from {@link LayerList}, so that no block has to be run to know what it
 * makes. DJL's normalisation of batches always takes the second dimension, whatever axis it is given, so steps change
 * places with their values around it.
 */
final class LayerBlocks {
    private LayerBlocks() {}

    /** The block of a list of layers that was checked by {@link LayerList#shape}. */
    static Block of(List<Layer> layers, long[] input) {
        SequentialBlock all = new SequentialBlock();
        long[] shape = input;
        for (Layer layer : layers) {
            long[] out = LayerList.shape(layer, shape, layer.name());
            all.add(of(layer, shape, out));
            shape = out;
        }
        if (layers.isEmpty()) {
            all.add(stage(input, x -> x));
        }
        return all;
    }

    private static Block of(Layer layer, long[] in, long[] out) {
        boolean isSteps = in.length == 2;
        if (layer instanceof Layer.Dense dense) {
            return Linear.builder().setUnits(dense.units()).build();
        }
        if (layer instanceof Layer.Activation activation) {
            return stage(in, x -> bent(x, activation.function()));
        }
        if (layer instanceof Layer.Dropout dropout) {
            return ai.djl.nn.norm.Dropout.builder()
                    .optRate((float) dropout.rate())
                    .build();
        }
        if (layer instanceof Layer.BatchNorm) {
            Block norm = ai.djl.nn.norm.BatchNorm.builder().optAxis(1).build();
            return isSteps ? swapped(in, norm, in) : norm;
        }
        if (layer instanceof Layer.LayerNorm) {
            return ai.djl.nn.norm.LayerNorm.builder().axis(in.length).build();
        }
        if (layer instanceof Layer.Convolution convolution) {
            return convolution(convolution.filters(), convolution.kernel(), convolution.stride(), in, out);
        }
        if (layer instanceof Layer.Pool pool) {
            return isSteps
                    ? swapped(in, stage(new long[] {out[1], out[0]}, x -> pooled(x, pool)), out)
                    : stage(out, x -> pooled(x, pool));
        }
        if (layer instanceof Layer.GlobalPool pool) {
            return stage(out, x -> {
                NDArray flat = isSteps ? x : x.reshape(-1, in[0], in[1] * in[2]);
                int[] axis = {isSteps ? 1 : 2};
                return pool.kind() == Layer.Kind.MAX ? flat.max(axis) : flat.mean(axis);
            });
        }
        if (layer instanceof Layer.Flatten) {
            return stage(out, x -> x.reshape(-1, out[0]));
        }
        if (layer instanceof Layer.Recurrent recurrent) {
            return recurrent(recurrent, in, out);
        }
        if (layer instanceof Layer.Positions) {
            float[] waves = positions((int) in[0], (int) in[1]);
            return stage(in, x -> x.add(x.getManager().create(waves, new Shape(in))));
        }
        if (layer instanceof Layer.Attention attention) {
            return ScaledDotProductAttentionBlock.builder()
                    .setEmbeddingSize((int) in[1])
                    .setHeadCount(attention.heads())
                    .optAttentionProbsDropoutProb(0) // its default of 0.1 is nowhere asked for
                    .build();
        }
        if (layer instanceof Layer.Embedding embedding) {
            return new WordVectors(embedding.words(), embedding.units());
        }
        if (layer instanceof Layer.Residual residual) {
            return new Both(of(residual.layers(), in), shortcut(in, out), NDArray::add, out);
        }
        throw new AssertionError(layer);
    }

    private static NDArray bent(NDArray x, Layer.Function function) {
        return switch (function) {
            case RELU -> x.getNDArrayInternal().relu();
            case LEAKY_RELU -> x.getNDArrayInternal().leakyRelu(0.01f);
            case ELU -> x.getNDArrayInternal().elu(1);
            case GELU -> x.getNDArrayInternal().gelu();
            case TANH -> x.tanh();
            case SIGMOID -> x.getNDArrayInternal().sigmoid();
        };
    }

    private static NDArray pooled(NDArray x, Layer.Pool pool) {
        boolean isSteps = x.getShape().dimension() == 3;
        Shape size = isSteps ? new Shape(pool.size()) : new Shape(pool.size(), pool.size());
        Shape none = isSteps ? new Shape(0) : new Shape(0, 0);
        if (pool.kind() == Layer.Kind.MAX) {
            return isSteps ? Pool.maxPool1d(x, size, size, none, false) : Pool.maxPool2d(x, size, size, none, false);
        }
        return isSteps
                ? Pool.avgPool1d(x, size, size, none, false, true)
                : Pool.avgPool2d(x, size, size, none, false, true);
    }

    private static Block convolution(int filters, int kernel, int stride, long[] in, long[] out) {
        if (in.length == 3) {
            return Conv2d.builder()
                    .setKernelShape(new Shape(kernel, kernel))
                    .setFilters(filters)
                    .optStride(new Shape(stride, stride))
                    .optPadding(new Shape(kernel / 2, kernel / 2))
                    .build();
        }
        Block over = Conv1d.builder()
                .setKernelShape(new Shape(kernel))
                .setFilters(filters)
                .optStride(new Shape(stride))
                .optPadding(new Shape(kernel / 2))
                .build();
        return swapped(in, over, out);
    }

    private static Block swapped(long[] in, Block inner, long[] out) {
        return new SequentialBlock()
                .add(stage(new long[] {in[1], in[0]}, x -> x.transpose(0, 2, 1)))
                .add(inner)
                .add(stage(out, x -> x.transpose(0, 2, 1)));
    }

    /** DJL's own reading in both directions fails in the native library; two blocks, one on flipped steps, do it. */
    private static Block recurrent(Layer.Recurrent layer, long[] in, long[] out) {
        long[] one = {in[0], layer.units()};
        boolean isLast = layer.output() == Layer.Output.LAST;
        Block forward = new SequentialBlock()
                .add(cell(layer.cell(), layer.units()))
                .add(isLast ? stage(new long[] {one[1]}, LayerBlocks::last) : stage(one, x -> x));
        if (layer.direction() == Direction.FORWARD) {
            return forward;
        }
        Block backward = new SequentialBlock()
                .add(stage(in, x -> x.flip(1)))
                .add(cell(layer.cell(), layer.units()))
                .add(isLast ? stage(new long[] {one[1]}, LayerBlocks::last) : stage(one, x -> x.flip(1)));
        return new Both(forward, backward, (a, b) -> NDArrays.concat(new NDList(a, b), out.length), out);
    }

    private static NDArray last(NDArray x) {
        return x.get(":, -1, :");
    }

    private static Block cell(RecurrentCell kind, int units) {
        return switch (kind) {
            case RNN ->
                RNN.builder()
                        .setStateSize(units)
                        .setNumLayers(1)
                        .optBatchFirst(true)
                        .setActivation(RNN.Activation.TANH)
                        .build();
            case LSTM ->
                LSTM.builder()
                        .setStateSize(units)
                        .setNumLayers(1)
                        .optBatchFirst(true)
                        .build();
            case GRU ->
                GRU.builder()
                        .setStateSize(units)
                        .setNumLayers(1)
                        .optBatchFirst(true)
                        .build();
        };
    }

    /** Sines and cosines of wavelengths from 2 pi to 10,000 x 2 pi steps. */
    static float[] positions(int steps, int width) {
        float[] waves = new float[steps * width];
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < width; i++) {
                double angle = step / Math.pow(10_000, (i / 2 * 2) / (double) width);
                waves[step * width + i] = (float) (i % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
            }
        }
        return waves;
    }

    private static Block shortcut(long[] in, long[] out) {
        if (java.util.Arrays.equals(in, out)) {
            return stage(in, x -> x);
        }
        if (in.length == 1) {
            return Linear.builder().setUnits(out[0]).build();
        }
        int stride = in.length == 2 ? LayerList.strideOf(in[0], out[0]) : LayerList.strideOf(in[1], out[1]);
        return convolution((int) (in.length == 2 ? out[1] : out[0]), 1, stride, in, out);
    }

    /** A step without parameters. */
    static Block stage(long[] out, UnaryOperator<NDArray> work) {
        return new Stage(out, work);
    }

    private static Shape[] rowsOf(Shape[] inputs, long[] out) {
        return new Shape[] {new Shape(inputs[0].get(0)).addAll(new Shape(out))};
    }

    private static final class Stage extends AbstractBlock {
        private final long[] out;
        private final UnaryOperator<NDArray> work;

        private Stage(long[] out, UnaryOperator<NDArray> work) {
            this.out = out.clone();
            this.work = work;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> unused) {
            return new NDList(work.apply(inputs.head()));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return rowsOf(inputs, out);
        }
    }

    /** Two blocks of the same input, whose outputs become one. */
    private static final class Both extends AbstractBlock {
        private final Block first;
        private final Block second;
        private final BinaryOperator<NDArray> joined;
        private final long[] out;

        @SuppressWarnings("this-escape")
        private Both(Block first, Block second, BinaryOperator<NDArray> joined, long[] out) {
            this.joined = joined;
            this.first = addChildBlock("first", first);
            this.second = addChildBlock("second", second);
            this.out = out.clone();
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> unused) {
            NDArray x = inputs.head();
            NDArray a = first.forward(store, new NDList(x), training).head();
            NDArray b = second.forward(store, new NDList(x), training).head();
            return new NDList(joined.apply(a, b));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            first.initialize(manager, type, inputs);
            second.initialize(manager, type, inputs);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return rowsOf(inputs, out);
        }
    }

    /** Looks numbers of words up. */
    private static final class WordVectors extends AbstractBlock {
        private final int words;
        private final int units;
        private final Parameter weight;

        @SuppressWarnings("this-escape")
        private WordVectors(int words, int units) {
            this.words = words;
            this.units = units;
            this.weight = addParameter(Parameter.builder()
                    .setName("weight")
                    .setType(Parameter.Type.WEIGHT)
                    .optInitializer(new ai.djl.training.initializer.NormalInitializer(0.1f))
                    .build());
        }

        @Override
        protected void prepare(Shape[] inputs) {
            weight.setShape(new Shape(words, units));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> unused) {
            Device device = inputs.head().getDevice();
            NDArray codes = inputs.head().toType(DataType.INT64, false);
            return ai.djl.nn.core.Embedding.embedding(
                    codes, store.getValue(weight, device, training), SparseFormat.DENSE);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return rowsOf(inputs, new long[] {inputs[0].get(1), units});
        }
    }
}
