package dev.datastudio.ml.train.internal.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.algorithm.Autoencoder;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import java.util.Arrays;

/**
 * Tells usual from unusual rows by how well they are made again. The share of unusual is one half where the error is the
 * one that a given share of held rows goes beyond.
 */
public final class Reconstructor implements Model {
    private final Network network;
    private final double threshold;

    private Reconstructor(Network network, double threshold) {
        this.network = network;
        this.threshold = threshold;
    }

    public static Reconstructor fit(Autoencoder spec, Examples examples, Course course) {
        Network network = NetworkTraining.copy(spec, examples, course);
        // Rows that were learnt are made better than new ones, so the bound comes from those that were not.
        Matrix judged = examples.held()
                .filter(held -> held.features().rows() > 0)
                .map(Examples.Held::features)
                .orElse(examples.features());
        double[] errors = errors(network, judged);
        Arrays.sort(errors);
        int place = (int) Math.ceil((1 - spec.unusualShare()) * errors.length) - 1;
        double bound = errors[Math.max(0, Math.min(errors.length - 1, place))];
        return new Reconstructor(network, Math.max(bound, Double.MIN_NORMAL));
    }

    /** The mean square of what is left of each row, whose features have the size 1. */
    public double[] errors(Matrix features) {
        return errors(network, features);
    }

    private static double[] errors(Network network, Matrix features) {
        int columns = features.columns();
        double[] again = network.outputs(features, columns);
        double[] errors = new double[features.rows()];
        for (int i = 0; i < again.length; i++) {
            double off = again[i] - features.values()[i];
            errors[i / columns] += off * off / columns;
        }
        return errors;
    }

    @Override
    public double[] predict(Matrix features) {
        double[] errors = errors(features);
        double[] shares = new double[2 * errors.length];
        for (int row = 0; row < errors.length; row++) {
            shares[2 * row + 1] = errors[row] / (errors[row] + threshold);
            shares[2 * row] = 1 - shares[2 * row + 1];
        }
        return shares;
    }

    @Override
    public void write(ObjectNode json) {
        json.put("threshold", threshold);
        network.write(json.putObject("network"));
    }

    public static Reconstructor read(JsonNode json) {
        return new Reconstructor(
                Network.read(json.required("network")),
                json.required("threshold").asDouble());
    }

    @Override
    public void close() {
        network.close();
    }
}
