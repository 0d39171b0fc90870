package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.Arrays;
import java.util.List;

/** Tells the nearest of some centres, and how far it is, in features of one size. */
public final class Grouped implements Model {
    private final double[][] centres;

    /** @param centres one a group, in their order */
    public Grouped(double[][] centres) {
        this.centres = Packed.copied(centres);
    }

    @Override
    public double[] predict(Matrix features) {
        double[] found = new double[2 * features.rows()];
        for (int row = 0; row < features.rows(); row++) {
            int label = nearest(features, row);
            found[2 * row] = Math.sqrt(squared(features, row, centres[label]));
            found[2 * row + 1] = label;
        }
        return found;
    }

    /** The place of the nearest centre of each row. */
    public int[] nearest(Matrix features) {
        int[] labels = new int[features.rows()];
        Arrays.setAll(labels, row -> nearest(features, row));
        return labels;
    }

    private int nearest(Matrix features, int row) {
        int label = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < centres.length; k++) {
            double distance = squared(features, row, centres[k]);
            if (distance < least) {
                least = distance;
                label = k;
            }
        }
        return label;
    }

    private static double squared(Matrix features, int row, double[] centre) {
        double sum = 0;
        for (int i = 0; i < centre.length; i++) {
            double off = features.at(row, i) - centre[i];
            sum += off * off;
        }
        return sum;
    }

    @Override
    public List<String> numbers() {
        return List.of("distance");
    }

    @Override
    public void write(ObjectNode json) {
        Packed.put(json, "groups", "centres", centres);
    }

    static Grouped read(JsonNode json) {
        return new Grouped(Packed.rows(json, "groups", "centres"));
    }
}
