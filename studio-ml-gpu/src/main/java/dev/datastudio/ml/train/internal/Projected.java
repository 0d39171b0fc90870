package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.List;
import java.util.stream.IntStream;

/** Tells where rows lie on some directions. */
public final class Projected implements Model {
    private final double[][] vectors;

    /** @param vectors the directions, each as long as a row has features */
    public Projected(double[][] vectors) {
        this.vectors = Packed.copied(vectors);
    }

    @Override
    public double[] predict(Matrix features) {
        int count = vectors.length;
        double[] found = new double[features.rows() * count];
        for (int row = 0; row < features.rows(); row++) {
            for (int f = 0; f < features.columns(); f++) {
                double value = features.at(row, f);
                for (int k = 0; k < count; k++) {
                    found[row * count + k] += value * vectors[k][f];
                }
            }
        }
        return found;
    }

    @Override
    public List<String> numbers() {
        return IntStream.rangeClosed(1, vectors.length)
                .mapToObj(number -> "component " + number)
                .toList();
    }

    @Override
    public void write(ObjectNode json) {
        Packed.put(json, "directions", "vectors", vectors);
    }

    static Projected read(JsonNode json) {
        return new Projected(Packed.rows(json, "directions", "vectors"));
    }
}
