package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.tree.Isolated;
import dev.datastudio.ml.train.internal.tree.Isolated.ITree;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores of how soon random splits leave a point alone: F. T. Liu, K. M. Ting and Z.-H. Zhou, "Isolation Forest" (ICDM 2008).
 * Splits are drawn among the features that still differ in a node.
 */
public final class IsolationForest {
    private static final double EULER = 0.5772156649015329;
    private static final int ROWS_PER_TURN = 1_024;

    private final Isolated trees;

    private IsolationForest(Isolated trees) {
        this.trees = trees;
    }

    /**
     * Grows a forest.
     *
     * @param sampleRows each tree grows on that many rows, or on all when there are fewer
     */
    public static IsolationForest fit(Matrix points, int trees, int sampleRows, long seed, Course course) {
        int sample = Math.min(sampleRows, points.rows());
        int deepest = (int) Math.ceil(Math.log(sample) / Math.log(2));
        SplittableRandom first = new SplittableRandom(seed);
        SplittableRandom[] randoms = new SplittableRandom[trees];
        Arrays.setAll(randoms, i -> first.split());
        ITree[] grown = new ITree[trees];
        AtomicInteger done = new AtomicInteger();
        course.each(trees, i -> {
            grown[i] = new Grower(points, randoms[i], deepest).grow(sample);
            course.at("growing trees", done.incrementAndGet(), trees, "trees");
        });
        return new IsolationForest(new Isolated(List.of(grown), unsuccessful(sample), 1));
    }

    /** The mean depth of an unsuccessful search in a binary search tree of so many points, equation 1 of the paper. */
    private static double unsuccessful(int points) {
        if (points <= 2) {
            return points - 1;
        }
        return 2 * (Math.log(points - 1) + EULER) - 2.0 * (points - 1) / points;
    }

    /** The score of each point, 0 to 1, equation 2 of the paper. */
    public double[] scores(Matrix points, Course course) {
        double[] scores = new double[points.rows()];
        int turns = (points.rows() + ROWS_PER_TURN - 1) / ROWS_PER_TURN;
        course.each(turns, turn -> {
            int end = Math.min(points.rows(), (turn + 1) * ROWS_PER_TURN);
            trees.scores(points, turn * ROWS_PER_TURN, end, scores);
        });
        return scores;
    }

    /** Tells of new rows, of which those that reach the threshold are unusual. */
    Isolated model(double threshold) {
        return trees.from(threshold);
    }

    /** Grows one tree. */
    private static final class Grower {
        private final Matrix points;
        private final SplittableRandom random;
        private final int deepest;
        private int[] features = new int[64];
        private double[] values = new double[64];
        private int[] right = new int[64];
        private int nodes;

        Grower(Matrix points, SplittableRandom random, int deepest) {
            this.points = points;
            this.random = random;
            this.deepest = deepest;
        }

        ITree grow(int sample) {
            int[] rows = drawn(sample);
            node(rows, 0, rows.length, 0);
            return new ITree(Arrays.copyOf(features, nodes), Arrays.copyOf(values, nodes), Arrays.copyOf(right, nodes));
        }

        /** Different rows (R. Floyd's sampling, in J. Bentley, "A sample of brilliance", 1987). */
        private int[] drawn(int sample) {
            java.util.Set<Integer> chosen = new java.util.LinkedHashSet<>();
            for (int i = points.rows() - sample; i < points.rows(); i++) {
                int row = random.nextInt(i + 1);
                chosen.add(chosen.contains(row) ? i : row);
            }
            return chosen.stream().mapToInt(Integer::intValue).toArray();
        }

        private void node(int[] rows, int from, int to, int depth) {
            int node = nodes++;
            if (node == features.length) {
                features = Arrays.copyOf(features, 2 * node);
                values = Arrays.copyOf(values, 2 * node);
                right = Arrays.copyOf(right, 2 * node);
            }
            int feature = to - from < 2 || depth == deepest ? -1 : feature(rows, from, to);
            features[node] = feature;
            if (feature < 0) {
                values[node] = depth + (to - from < 2 ? 0 : unsuccessful(to - from));
                return;
            }
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, points.at(rows[i], feature));
                high = Math.max(high, points.at(rows[i], feature));
            }
            double share = random.nextDouble();
            double threshold = low * (1 - share) + high * share;
            threshold = threshold > low && threshold <= high ? threshold : high; // or a side would have nothing
            values[node] = threshold;
            int middle = from;
            for (int i = from; i < to; i++) {
                if (points.at(rows[i], feature) < threshold) {
                    int other = rows[middle];
                    rows[middle++] = rows[i];
                    rows[i] = other;
                }
            }
            node(rows, from, middle, depth + 1);
            right[node] = nodes;
            node(rows, middle, to, depth + 1);
        }

        /** One of the features that differ among the rows; -1 when all rows are the same. */
        private int feature(int[] rows, int from, int to) {
            int begin = random.nextInt(points.columns());
            int[] order = new int[points.columns()];
            Arrays.setAll(order, i -> i);
            for (int i = 0; i < order.length; i++) {
                int j = i == 0 ? begin : i + random.nextInt(order.length - i);
                int feature = order[j];
                order[j] = order[i];
                order[i] = feature;
                double first = points.at(rows[from], feature);
                for (int k = from + 1; k < to; k++) {
                    if (points.at(rows[k], feature) != first) {
                        return feature;
                    }
                }
            }
            return -1;
        }
    }
}
