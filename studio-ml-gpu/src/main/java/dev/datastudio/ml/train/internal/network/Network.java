package dev.datastudio.ml.train.internal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Layers that were learnt by gradients. Architecture and parameters are written, so that they are read without code. */
public final class Network implements Model {
    /** So many standard deviations: sums of products of such numbers stay finite. */
    private static final double FARTHEST = 1e6;

    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final List<Layer> layers;
    private final long[] input;
    private final int classes;
    private final double mean;
    private final double size;
    private final int rowsAtOnce;
    private final float[][] parameters;
    private @Nullable Trainee loaded;
    private boolean isClosed;

    /**
     * What was learnt.
     *
     * @param classes how many there are; 0 for numbers
     * @param mean of the numbers that were learnt
     * @param size their standard deviation
     */
    Network(List<Layer> layers, long[] input, int classes, double mean, double size, float[][] parameters) {
        this.layers = List.copyOf(layers);
        this.input = input.clone();
        this.classes = classes;
        this.mean = mean;
        this.size = size;
        this.rowsAtOnce = Footprint.of(layers, input).rowsAtOnce();
        this.parameters = parameters.clone();
    }

    @Override
    public double[] predict(Matrix features) {
        return outputs(features, Math.max(1, classes));
    }

    /** What the last layer says of each row, so many numbers each. */
    double[] outputs(Matrix features, int width) {
        load();
        use.readLock().lock();
        try {
            if (loaded == null) {
                throw new IllegalStateException("closed");
            }
            double[] all = new double[features.rows() * width];
            for (int from = 0; from < features.rows(); from += rowsAtOnce) {
                predict(loaded, features, from, Math.min(features.rows(), from + rowsAtOnce), width, all);
            }
            return all;
        } finally {
            use.readLock().unlock();
        }
    }

    private void load() {
        use.writeLock().lock();
        try {
            if (loaded == null && !isClosed) {
                loaded = ready();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    /** Parameters are drawn before they are set, which must not come between the draws of a training. */
    private Trainee ready() {
        Torch.begin();
        try {
            Trainee trainee = new Trainee(layers, input, Torch.device());
            trainee.values(parameters);
            trainee.freeze();
            return trainee;
        } finally {
            Torch.end();
        }
    }

    private void predict(Trainee trainee, Matrix features, int from, int to, int width, double[] all) {
        try (NDManager scratch = trainee.manager().newSubManager()) {
            NDArray out = trainee.forward(trainee.rows(scratch, floats(features, from, to), to - from), false);
            float[] found = (classes > 0 ? out.softmax(1) : out).toFloatArray();
            for (int i = 0; i < found.length; i++) {
                all[from * width + i] = classes > 0 ? found[i] : found[i] * size + mean;
            }
        }
    }

    /** As 32-bit numbers. What is farther off than a network can count with stands at {@link #FARTHEST}. */
    static float[] floats(Matrix features, int from, int to) {
        float[] values = new float[(to - from) * features.columns()];
        int at = from * features.columns();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(-FARTHEST, Math.min(FARTHEST, features.values()[at + i]));
        }
        return values;
    }

    @Override
    public void write(ObjectNode json) {
        json.set("layers", LayerList.write(layers));
        ArrayNode shape = json.putArray("input");
        for (long each : input) {
            shape.add(each);
        }
        json.put("classes", classes);
        json.put("mean", mean);
        json.put("size", size);
        ArrayNode arrays = json.putArray("parameters");
        for (float[] each : parameters) {
            Packed.put(arrays.addObject(), "values", each);
        }
    }

    public static Network read(JsonNode json) {
        List<Layer> layers = LayerList.read(json.required("layers"));
        JsonNode shape = json.required("input");
        long[] input = new long[shape.size()];
        for (int i = 0; i < input.length; i++) {
            input[i] = shape.get(i).asLong();
        }
        LayerList.shape(layers, input);
        List<float[]> arrays = new ArrayList<>();
        json.required("parameters").forEach(each -> arrays.add(Packed.floats(each, "values")));
        return new Network(
                layers,
                input,
                json.required("classes").asInt(),
                json.required("mean").asDouble(),
                json.required("size").asDouble(),
                arrays.toArray(float[][]::new));
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            isClosed = true;
            if (loaded != null) {
                loaded.close();
                loaded = null;
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
