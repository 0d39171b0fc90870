package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.algorithm.NearestNeighbours;
import dev.datastudio.ml.algorithm.NeighbourWeight;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Keeps the training rows, and looks at all of them for each prediction, column by column so that the processor can take
 * several at once. */
final class Neighbours implements Model {
    private static final int ROWS_PER_PART = 32;

    private final int classes;
    private final int count;
    private final NeighbourWeight weight;
    private final int rows;
    private final float[][] columns;
    private final double[] labels;
    private final double[] weights;

    private Neighbours(
            int classes,
            int count,
            NeighbourWeight weight,
            int rows,
            float[][] columns,
            double[] labels,
            double[] weights) {
        this.classes = classes;
        this.count = count;
        this.weight = weight;
        this.rows = rows;
        this.columns = columns;
        this.labels = labels;
        this.weights = weights;
    }

    static Neighbours fit(NearestNeighbours spec, Examples examples) {
        Matrix x = examples.features();
        float[][] columns = new float[x.columns()][x.rows()];
        for (int row = 0; row < x.rows(); row++) {
            for (int j = 0; j < x.columns(); j++) {
                columns[j][row] = (float) x.at(row, j);
            }
        }
        return new Neighbours(
                examples.classes(),
                Math.min(spec.neighbours(), x.rows()),
                spec.weight(),
                x.rows(),
                columns,
                examples.labels(),
                examples.weights());
    }

    @Override
    public double[] predict(Matrix features) {
        int outputs = Math.max(1, classes);
        double[] all = new double[features.rows() * outputs];
        int parts = (features.rows() + ROWS_PER_PART - 1) / ROWS_PER_PART;
        IntStream.range(0, parts).parallel().forEach(part -> {
            float[] distances = new float[rows]; // for many rows: one each would be most of the memory that is used
            int to = Math.min(features.rows(), (part + 1) * ROWS_PER_PART);
            for (int row = part * ROWS_PER_PART; row < to; row++) {
                predict(features, row, distances, all, row * outputs);
            }
        });
        return all;
    }

    private void predict(Matrix features, int row, float[] distances, double[] out, int at) {
        Arrays.fill(distances, 0);
        for (int j = 0; j < features.columns(); j++) {
            float value = (float) features.at(row, j);
            float[] column = columns[j]; // an array of its own, or the compiler takes one row at a time
            for (int i = 0; i < distances.length; i++) {
                float off = column[i] - value;
                distances[i] += off * off;
            }
        }
        int[] nearest = nearest(distances);
        double sum = 0;
        boolean isSame = weight == NeighbourWeight.DISTANCE && distances[nearest[0]] == 0;
        for (int i : nearest) {
            if (isSame && distances[i] > 0) {
                continue;
            }
            boolean byDistance = weight == NeighbourWeight.DISTANCE && !isSame;
            double share = weights[i] * (byDistance ? 1 / Math.sqrt(distances[i]) : 1);
            sum += share;
            if (classes == 0) {
                out[at] += share * labels[i];
            } else {
                out[at + (int) labels[i]] += share;
            }
        }
        for (int i = at; i < at + Math.max(1, classes); i++) {
            out[i] /= sum;
        }
    }

    /** The places of the smallest, ascending; of equal ones the first. */
    private int[] nearest(float[] distances) {
        int[] nearest = new int[count];
        int filled = 0;
        float farthest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < distances.length; i++) {
            float distance = distances[i];
            if (filled == count && distance >= farthest) {
                continue;
            }
            int place = filled < count ? filled++ : count - 1;
            while (place > 0 && distances[nearest[place - 1]] > distance) {
                nearest[place] = nearest[place - 1];
                place--;
            }
            nearest[place] = i;
            farthest = distances[nearest[filled - 1]];
        }
        return Arrays.copyOf(nearest, filled);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("classes", classes);
        json.put("count", count);
        json.put("weight", weight.name());
        json.put("rows", rows);
        float[] all = new float[columns.length * rows];
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(columns[j], 0, all, j * rows, rows);
        }
        Packed.put(json, "columns", all);
        Packed.put(json, "labels", labels);
        Packed.put(json, "weights", weights);
    }

    static Neighbours read(JsonNode json) {
        int rows = json.required("rows").asInt();
        float[] all = Packed.floats(json, "columns");
        float[][] columns = new float[all.length / rows][];
        Arrays.setAll(columns, j -> Arrays.copyOfRange(all, j * rows, (j + 1) * rows));
        return new Neighbours(
                json.required("classes").asInt(),
                json.required("count").asInt(),
                NeighbourWeight.valueOf(json.required("weight").asText()),
                rows,
                columns,
                Packed.doubles(json, "labels"),
                Packed.doubles(json, "weights"));
    }
}
