package dev.datastudio.ml.train.internal.tree;

import dev.datastudio.ml.prepare.internal.Matrix;
import java.util.Arrays;

/**
 * The SHAP values of one tree: what each feature adds to its value for a row, if of features that are not known each node
 * sends on as large a part of the row as of the training rows (path-dependent TreeSHAP; Lundberg, Erion and Lee, 2018).
 * Exact, as their algorithm 2.
 *
 * <p>For one leaf, features that are known multiply its value by 0 or 1 (whether the row goes its way), and those that are
 * not by the share of rows that do. Of such a product of factors {@code z + t (o - z)} the Shapley value of a feature is an
 * integral over {@code t} from 0 to 1 (Owen, 1972): {@code (o - z)} times the factors of all other features on the path.
 * That is a polynomial, of which the rule of Gauss and Legendre with half as many points as features is exact. Features
 * enter and leave the product on the way down and up the tree, so a node costs as many steps as there are points (as in
 * Linear TreeSHAP, Yu and others, 2022), where algorithm 2 needs the square of the depth for each leaf; and nothing is
 * subtracted again, which on long paths costs it its digits.
 *
 * <p>Immutable; several threads may ask at once.
 */
final class TreeShap {
    private final Tree tree;
    private final double[] covers;
    private final double[] points;
    private final double[] weights;
    private final int depth;
    private final double least;
    /** Of each node the mean of its training rows, output by output; empty when all leaves are looked at. */
    private final double[] means;

    /** Exact. */
    TreeShap(Tree tree) {
        this(tree, 0);
    }

    /**
     * With the mean of a branch in its place where it takes part in the row's value by less than {@code least}, whatever is
     * known: what the questions below it add is left out, and most of the time of a large tree.
     *
     * @param least 0 for none
     */
    TreeShap(Tree tree, double least) {
        this.tree = tree;
        this.least = least;
        this.covers = covers(tree);
        this.depth = depth(tree);
        int count = points(depth);
        this.points = new double[count];
        this.weights = new double[count];
        quadrature(points, weights);
        this.means = least > 0 ? means() : new double[0];
    }

    private double[] means() {
        int outputs = tree.outputs();
        double[] all = new double[covers.length * outputs];
        for (int node = covers.length - 1; node >= 0; node--) {
            int child = tree.children()[node];
            for (int k = 0; k < outputs; k++) {
                all[node * outputs + k] = tree.features()[node] < 0
                        ? tree.values()[child + k]
                        : (covers[child] * all[child * outputs + k]
                                        + covers[child + 1] * all[(child + 1) * outputs + k])
                                / covers[node];
            }
        }
        return all;
    }

    /** About how many steps a row takes. */
    static long steps(Tree tree) {
        return (long) tree.features().length * points(depth(tree)) * (2 + tree.outputs());
    }

    /** Exact for polynomials of a degree below the depth. */
    private static int points(int depth) {
        return Math.max(1, (depth + 1) / 2);
    }

    /** The weight of the training rows of each node. Children stand behind their parents. */
    private static double[] covers(Tree tree) {
        double[] covers = new double[tree.features().length];
        for (int node = covers.length - 1; node >= 0; node--) {
            int child = tree.children()[node];
            covers[node] = tree.features()[node] < 0
                    ? tree.weights()[child / tree.outputs()]
                    : covers[child] + covers[child + 1];
        }
        return covers;
    }

    private static int depth(Tree tree) {
        int[] depths = new int[tree.features().length];
        int most = 0;
        for (int node = 0; node < depths.length; node++) {
            if (tree.features()[node] >= 0) {
                depths[tree.children()[node]] = depths[node] + 1;
                depths[tree.children()[node] + 1] = depths[node] + 1;
            }
            most = Math.max(most, depths[node]);
        }
        return most;
    }

    /** Points and weights of Gauss and Legendre between 0 and 1: the roots of a Legendre polynomial, by Newton's method. */
    private static void quadrature(double[] points, double[] weights) {
        int count = points.length;
        for (int i = 0; i < count; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 1;
            for (int round = 0; round < 100; round++) {
                double before = 1;
                double value = x;
                for (int k = 2; k <= count; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
                    before = value;
                    value = next;
                }
                slope = count * (x * value - before) / (x * x - 1);
                double step = value / slope;
                x -= step;
                if (Math.abs(step) < 1e-15) {
                    break;
                }
            }
            points[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    /**
     * Adds the values of a row.
     *
     * @param sums of each output one a feature, and then what every row begins with
     */
    void addTo(Matrix rows, int row, double[] sums) {
        Walk walk = new Walk(rows, row, sums);
        walk.visit(0, 0);
        for (int k = 0; k < tree.outputs(); k++) {
            sums[k * (rows.columns() + 1) + rows.columns()] += mean(k);
        }
    }

    private double mean(int output) {
        double sum = 0;
        for (int node = 0; node < covers.length; node++) {
            if (tree.features()[node] < 0) {
                sum += covers[node] * tree.values()[tree.children()[node] + output];
            }
        }
        return sum / covers[0];
    }

    /** One row on its way through all nodes. */
    private final class Walk {
        private final Matrix rows;
        private final int row;
        private final double[] sums;
        /** Of each feature on the path, what share of the training rows goes it (z), and whether the row does (o). */
        private final double[] shares;

        private final double[] goes;
        /** Of each node on the path: the product of all factors at each point, and what the leaves below come to there. */
        private final double[][] products;

        private final double[][] below;

        Walk(Matrix rows, int row, double[] sums) {
            this.rows = rows;
            this.row = row;
            this.sums = sums;
            this.shares = ones(rows.columns());
            this.goes = ones(rows.columns());
            this.products = new double[depth + 1][points.length];
            this.below = new double[depth + 1][points.length * tree.outputs()];
            products[0] = ones(points.length);
        }

        private static double[] ones(int count) {
            double[] ones = new double[count];
            Arrays.fill(ones, 1);
            return ones;
        }

        void visit(int node, int level) {
            int outputs = tree.outputs();
            int child = tree.children()[node];
            int feature = tree.features()[node];
            double[] all = below[level];
            if (feature < 0) {
                for (int q = 0; q < points.length; q++) {
                    for (int k = 0; k < outputs; k++) {
                        all[q * outputs + k] = products[level][q] * tree.values()[child + k];
                    }
                }
                return;
            }
            if (least > 0 && greatest(products[level]) < least) {
                for (int q = 0; q < points.length; q++) {
                    for (int k = 0; k < outputs; k++) {
                        all[q * outputs + k] = products[level][q] * means[node * outputs + k];
                    }
                }
                return;
            }
            Arrays.fill(all, 0);
            int taken = child + (rows.at(row, feature) <= tree.thresholds()[node] ? 0 : 1);
            double share = shares[feature];
            double go = goes[feature];
            for (int next = child; next <= child + 1; next++) {
                shares[feature] = share * covers[next] / covers[node];
                goes[feature] = next == taken ? go : 0;
                descend(next, level, feature, share, go);
            }
            shares[feature] = share;
            goes[feature] = go;
        }

        private static double greatest(double[] values) {
            double greatest = 0;
            for (double value : values) {
                greatest = Math.max(greatest, value);
            }
            return greatest;
        }

        /**
         * Visits a child, and adds what the feature's factor there makes of the leaves below it, less what the factor that it
         * had further up made of them.
         */
        private void descend(int next, int level, int feature, double share, double go) {
            int outputs = tree.outputs();
            double newShare = shares[feature];
            double newGo = goes[feature];
            for (int q = 0; q < points.length; q++) {
                double t = points[q];
                products[level + 1][q] =
                        products[level][q] / (share + t * (go - share)) * (newShare + t * (newGo - newShare));
            }
            visit(next, level + 1);
            for (int q = 0; q < points.length; q++) {
                double t = points[q];
                double part = weights[q]
                        * ((newGo - newShare) / (newShare + t * (newGo - newShare))
                                - (go - share) / (share + t * (go - share)));
                for (int k = 0; k < outputs; k++) {
                    double leaves = below[level + 1][q * outputs + k];
                    sums[k * (rows.columns() + 1) + feature] += part * leaves;
                    below[level][q * outputs + k] += leaves;
                }
            }
        }
    }
}
