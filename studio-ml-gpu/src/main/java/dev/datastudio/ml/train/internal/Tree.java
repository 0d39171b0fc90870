package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One tree. A node asks whether a feature is not above a threshold, and goes on to its left child then, else to the next
 * node, its right one.
 *
 * @param features what each node asks about; -1 for a leaf
 * @param thresholds of each node
 * @param children the left child of each node, whose right child is the one behind it; of a leaf the place of its values
 * @param values of the leaves, {@code outputs} each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tree(int[] features, double[] thresholds, int[] children, float[] values, int outputs) {
    /** Adds the values of the leaf that a row comes to. */
    void addTo(double[] row, int from, double[] sums, int at) {
        int node = 0;
        while (features[node] >= 0) {
            node = children[node] + (row[from + features[node]] <= thresholds[node] ? 0 : 1);
        }
        for (int i = 0; i < outputs; i++) {
            sums[at + i] += values[children[node] + i];
        }
    }

    void write(ObjectNode json) {
        Packed.put(json, "features", features);
        Packed.put(json, "thresholds", thresholds);
        Packed.put(json, "children", children);
        Packed.put(json, "values", values);
    }

    static Tree read(JsonNode json, int outputs) {
        return new Tree(
                Packed.ints(json, "features"),
                Packed.doubles(json, "thresholds"),
                Packed.ints(json, "children"),
                Packed.floats(json, "values"),
                outputs);
    }
}
