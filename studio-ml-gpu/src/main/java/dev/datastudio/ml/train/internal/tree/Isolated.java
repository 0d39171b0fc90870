package dev.datastudio.ml.train.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells how soon random splits leave a row alone: the scores of an isolation forest (F. T. Liu, K. M. Ting and Z.-H. Zhou,
 * "Isolation Forest", ICDM 2008, equation 2).
 */
public final class Isolated implements Model {
    private final List<ITree> trees;
    private final double usualDepth;
    private final double threshold;

    /**
     * A forest.
     *
     * @param usualDepth of a point among as many as a tree grew on
     * @param threshold the score from which on a row is unusual, 0 to 1
     */
    public Isolated(List<ITree> trees, double usualDepth, double threshold) {
        this.trees = List.copyOf(trees);
        this.usualDepth = usualDepth;
        this.threshold = threshold;
    }

    /** The same with another threshold. */
    public Isolated from(double other) {
        return new Isolated(trees, usualDepth, other);
    }

    /**
     * One tree. A node has its left child behind it.
     *
     * @param features what each node asks about; -1 for a leaf
     * @param values the threshold of a node; of a leaf the depth that stands for it
     * @param right the right child of each node
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record ITree(int[] features, double[] values, int[] right) {
        private double depth(double[] points, int from) {
            int node = 0;
            while (features[node] >= 0) {
                node = points[from + features[node]] < values[node] ? node + 1 : right[node];
            }
            return values[node];
        }
    }

    /** The scores of some rows, written where they belong. */
    public void scores(Matrix points, int from, int to, double[] scores) {
        for (ITree tree : trees) { // the tree stays in the cache for all rows of the turn
            for (int row = from; row < to; row++) {
                scores[row] += tree.depth(points.values(), row * points.columns());
            }
        }
        for (int row = from; row < to; row++) {
            scores[row] = Math.pow(2, -scores[row] / trees.size() / usualDepth);
        }
    }

    @Override
    public double[] predict(Matrix features) {
        double[] scores = new double[features.rows()];
        scores(features, 0, features.rows(), scores);
        double[] found = new double[2 * scores.length];
        for (int row = 0; row < scores.length; row++) {
            found[2 * row] = scores[row];
            found[2 * row + 1] = scores[row] >= threshold ? 1 : 0;
        }
        return found;
    }

    @Override
    public List<String> numbers() {
        return List.of("anomaly score");
    }

    @Override
    public void write(ObjectNode json) {
        json.put("usualDepth", usualDepth).put("threshold", threshold);
        ArrayNode all = json.putArray("trees");
        for (ITree tree : trees) {
            ObjectNode one = all.addObject();
            Packed.put(one, "features", tree.features());
            Packed.put(one, "values", tree.values());
            Packed.put(one, "right", tree.right());
        }
    }

    public static Isolated read(JsonNode json) {
        List<ITree> trees = new ArrayList<>();
        for (JsonNode each : json.required("trees")) {
            trees.add(new ITree(
                    Packed.ints(each, "features"), Packed.doubles(each, "values"), Packed.ints(each, "right")));
        }
        return new Isolated(
                trees,
                json.required("usualDepth").asDouble(),
                json.required("threshold").asDouble());
    }
}
