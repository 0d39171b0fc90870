package dev.datastudio.ml.train.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.onnx.internal.OnnxTrees;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One tree. A node asks whether a feature is not above a threshold, and goes on to its left child then, else to the next
 * node, its right one.
 *
 * @param features what each node asks about; -1 for a leaf
 * @param thresholds of each node
 * @param children the left child of each node, whose right child is the one behind it; of a leaf the place of its values
 * @param values of the leaves, {@code outputs} each
 * @param weights of the training rows in each leaf, in the order of {@code values}; none when they were not recorded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tree(int[] features, double[] thresholds, int[] children, float[] values, float[] weights, int outputs) {
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

    /** Puts its nodes among those of others, with the values of leaves times {@code factor}. */
    void export(OnnxTrees all, int tree, double factor) {
        int[] every = IntStream.range(0, outputs).toArray();
        for (int node = 0; node < features.length; node++) {
            if (features[node] >= 0) {
                all.branch(tree, node, features[node], thresholds[node], children[node], children[node] + 1);
                continue;
            }
            int at = children[node];
            all.leaf(
                    tree,
                    node,
                    every,
                    Arrays.stream(every)
                            .mapToDouble(i -> factor * values[at + i])
                            .toArray());
        }
    }

    void write(ObjectNode json) {
        Packed.put(json, "features", features);
        Packed.put(json, "thresholds", thresholds);
        Packed.put(json, "children", children);
        Packed.put(json, "values", values);
        Packed.put(json, "weights", weights);
    }

    static Tree read(JsonNode json, int outputs) {
        return new Tree(
                Packed.ints(json, "features"),
                Packed.doubles(json, "thresholds"),
                Packed.ints(json, "children"),
                Packed.floats(json, "values"),
                json.has("weights") ? Packed.floats(json, "weights") : new float[0], // trees of before have none
                outputs);
    }
}
