package dev.datastudio.ml.train.internal.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.datastudio.ml.algorithm.Descent;
import dev.datastudio.ml.algorithm.Optimizer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers with their parameters in the memory of the device, and what an optimiser remembers of them. Not thread-safe while
 * it is trained; once {@link #freeze} was called, any number of threads may look through it.
 */
final class Trainee implements AutoCloseable {
    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float SMALLEST = 1e-8f;
    private static final float MOMENTUM = 0.9f;
    private static final float NO_CLIPPING = -1;
    private static final NDIndex ALL = new NDIndex("...");

    private final float firstDecay;
    private final NDManager manager;
    private final Block block;
    private final long[] input;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<NDArray> firsts = new ArrayList<>();
    private final List<NDArray> seconds = new ArrayList<>();
    private int steps;

    /** With parameters drawn by chance; within a turn of {@link Torch#begin}. */
    Trainee(List<Layer> layers, long[] input, Device device) {
        this(layers, input, device, FIRST_DECAY);
    }

    /** @param firstDecay how much of the mean slope Adam keeps in a step */
    Trainee(List<Layer> layers, long[] input, Device device, float firstDecay) {
        this.firstDecay = firstDecay;
        this.manager = Torch.engine().newBaseManager(device);
        this.input = input.clone();
        this.block = LayerBlocks.of(layers, input);
        block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(new Shape(input)));
        for (Pair<String, Parameter> each : block.getParameters()) {
            parameters.add(each.getValue());
        }
    }

    NDManager manager() {
        return manager;
    }

    /** Rows as the block takes them. */
    NDArray rows(NDManager to, float[] values, int count) {
        return to.create(values, new Shape(count).addAll(new Shape(input)));
    }

    NDArray forward(NDArray x, boolean training) {
        return block.forward(new ParameterStore(x.getManager(), false), new NDList(x), training)
                .head();
    }

    /** Moves the parameters along the gradients that were collected, and forgets these. */
    void update(Descent how, double learningRate, NDManager scratch) {
        if (firsts.isEmpty()) {
            parameters.forEach(this::remember);
        }
        steps++;
        double correction = Math.sqrt(1 - Math.pow(SECOND_DECAY, steps)) / (1 - Math.pow(firstDecay, steps));
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameters.get(i).requiresGradient()) {
                continue;
            }
            NDArray weight = parameters.get(i).getArray();
            NDArray slope = weight.getGradient();
            slope.attach(scratch);
            NDList weights = new NDList(weight);
            if (how.optimizer() == Optimizer.ADAM) {
                weight.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(weight, slope, firsts.get(i), seconds.get(i)),
                                weights,
                                (float) learningRate,
                                (float) (learningRate * correction),
                                0,
                                1,
                                NO_CLIPPING,
                                firstDecay,
                                SECOND_DECAY,
                                SMALLEST,
                                false,
                                false);
            } else {
                weight.getNDArrayInternal()
                        .sgdUpdate(
                                new NDList(weight, slope, firsts.get(i)),
                                weights,
                                (float) learningRate,
                                0,
                                1,
                                NO_CLIPPING,
                                MOMENTUM,
                                false);
            }
        }
    }

    /** Forgets gradients without using them. */
    void forget(NDManager scratch) {
        for (Parameter each : parameters) {
            if (each.requiresGradient()) {
                NDArray slope = each.getArray().getGradient();
                slope.attach(scratch);
                slope.muli(0);
            }
        }
    }

    private void remember(Parameter parameter) {
        firsts.add(parameter.getArray().zerosLike());
        seconds.add(parameter.getArray().zerosLike());
        firsts.get(firsts.size() - 1).attach(manager);
        seconds.get(seconds.size() - 1).attach(manager);
    }

    /** A copy of the gradients that were collected, of parameters that have some. */
    float[][] slopes() {
        return parameters.stream()
                .filter(Parameter::requiresGradient)
                .map(each -> each.getArray().getGradient().toFloatArray())
                .toArray(float[][]::new);
    }

    /** A copy of all parameters. */
    float[][] values() {
        return parameters.stream().map(each -> each.getArray().toFloatArray()).toArray(float[][]::new);
    }

    /**
     * Sets all parameters.
     *
     * @throws IllegalArgumentException if they are those of other layers
     */
    void values(float[][] values) {
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException(values.length + " arrays are not " + parameters.size());
        }
        for (int i = 0; i < values.length; i++) {
            set(parameters.get(i).getArray(), values[i]);
        }
    }

    /**
     * Into the array's own memory. {@link NDArray#copyTo} would have it use Java's memory from then on, by a call that
     * PyTorch warns of.
     */
    private void set(NDArray array, float[] values) {
        if (array.size() != values.length) {
            throw new IllegalArgumentException(values.length + " values are not " + array.size());
        }
        try (NDArray copy = manager.create(values, array.getShape())) {
            boolean wants = array.hasGradient();
            array.setRequiresGradient(false);
            array.set(ALL, copy);
            array.setRequiresGradient(wants);
        }
    }

    /** Ends the training: predictions collect no gradients any more. */
    void freeze() {
        parameters.forEach(each -> each.getArray().setRequiresGradient(false));
        firsts.forEach(NDArray::close);
        seconds.forEach(NDArray::close);
    }

    /** Writes parameters and what the optimiser remembers. */
    void write(DataOutputStream out) throws IOException {
        out.writeInt(steps);
        write(out, values());
        write(out, firsts.stream().map(NDArray::toFloatArray).toArray(float[][]::new));
        write(out, seconds.stream().map(NDArray::toFloatArray).toArray(float[][]::new));
    }

    /** Takes up what {@link #write} wrote. */
    void read(DataInputStream in) throws IOException {
        steps = in.readInt();
        values(readArrays(in));
        float[][] first = readArrays(in);
        float[][] second = readArrays(in);
        parameters.forEach(this::remember);
        for (int i = 0; i < first.length; i++) {
            set(firsts.get(i), first[i]);
            set(seconds.get(i), second[i]);
        }
    }

    static void write(DataOutputStream out, float[][] arrays) throws IOException {
        out.writeInt(arrays.length);
        for (float[] array : arrays) {
            out.writeInt(array.length);
            for (float value : array) {
                out.writeFloat(value);
            }
        }
    }

    static float[][] readArrays(DataInputStream in) throws IOException {
        float[][] arrays = new float[in.readInt()][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new float[in.readInt()];
            for (int j = 0; j < arrays[i].length; j++) {
                arrays[i][j] = in.readFloat();
            }
        }
        return arrays;
    }

    @Override
    public void close() {
        manager.close();
    }
}
