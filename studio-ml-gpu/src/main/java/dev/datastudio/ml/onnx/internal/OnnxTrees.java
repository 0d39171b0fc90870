package dev.datastudio.ml.onnx.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trees as the operator TreeEnsembleRegressor of ai.onnx.ml 3 has them: one list of nodes, each with its tree and its number
 * there, and one of what leaves add to which output. Not thread-safe.
 */
public final class OnnxTrees {
    private final boolean isLess;
    private final List<int[]> nodes = new ArrayList<>();
    private final List<Double> thresholds = new ArrayList<>();
    private final List<int[]> leaves = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    /** @param isLess whether a row goes left when its value is below the threshold; else when it is not above */
    public OnnxTrees(boolean isLess) {
        this.isLess = isLess;
    }

    /** Adds a node that asks for a feature; the root of a tree has number 0. */
    public void branch(int tree, int node, int feature, double threshold, int left, int right) {
        nodes.add(new int[] {tree, node, feature, left, right, 1});
        thresholds.add(threshold);
    }

    /**
     * Adds a leaf.
     *
     * @param outputs which it adds to
     * @param added to each of them
     */
    public void leaf(int tree, int node, int[] outputs, double[] added) {
        nodes.add(new int[] {tree, node, 0, 0, 0, 0});
        thresholds.add(0.0);
        for (int i = 0; i < outputs.length; i++) {
            leaves.add(new int[] {tree, node, outputs[i]});
            weights.add(added[i]);
        }
    }

    private static int[] all(List<int[]> rows, int at) {
        return rows.stream().mapToInt(row -> row[at]).toArray();
    }

    void write(OnnxGraph.Node node) {
        node.ints("nodes_treeids", all(nodes, 0))
                .ints("nodes_nodeids", all(nodes, 1))
                .ints("nodes_featureids", all(nodes, 2))
                .ints("nodes_truenodeids", all(nodes, 3))
                .ints("nodes_falsenodeids", all(nodes, 4))
                .texts(
                        "nodes_modes",
                        nodes.stream()
                                .map(each -> each[5] == 0 ? "LEAF" : isLess ? "BRANCH_LT" : "BRANCH_LEQ")
                                .toList())
                .doubles("nodes_values_as_tensor", doubles(thresholds))
                .ints("target_treeids", all(leaves, 0))
                .ints("target_nodeids", all(leaves, 1))
                .ints("target_ids", all(leaves, 2))
                .doubles("target_weights_as_tensor", doubles(weights));
    }

    private static double[] doubles(List<Double> values) {
        double[] all = new double[values.size()];
        Arrays.setAll(all, values::get);
        return all;
    }
}
