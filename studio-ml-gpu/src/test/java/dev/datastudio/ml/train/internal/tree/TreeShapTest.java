package dev.datastudio.ml.train.internal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Contributions;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.network.Tasks;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SHAP values of trees beside Shapley's own sum over all sets of features. */
class TreeShapTest {
    private static final int FEATURES = 6;

    /** A tree whose questions are drawn, so that a path asks about a feature several times, with leaves of any weight. */
    private static Tree drawn(long seed, int depth, int features, int outputs) {
        SplittableRandom random = new SplittableRandom(seed);
        Growing growing = new Growing(random, features, outputs);
        growing.nodes = 1;
        growing.grow(0, depth);
        return new Tree(
                Arrays.copyOf(growing.features, growing.nodes),
                Arrays.copyOf(growing.thresholds, growing.nodes),
                Arrays.copyOf(growing.children, growing.nodes),
                Arrays.copyOf(growing.values, growing.leaves * outputs),
                Arrays.copyOf(growing.weights, growing.leaves),
                outputs);
    }

    private static final class Growing {
        private final SplittableRandom random;
        private final int count;
        private final int outputs;
        private final int[] features = new int[4000];
        private final double[] thresholds = new double[4000];
        private final int[] children = new int[4000];
        private final float[] values = new float[4000];
        private final float[] weights = new float[4000];
        private int nodes;
        private int leaves;

        Growing(SplittableRandom random, int count, int outputs) {
            this.random = random;
            this.count = count;
            this.outputs = outputs;
        }

        void grow(int node, int depth) {
            boolean isLeaf = depth == 0 || nodes > 3000 || (nodes > 8 && random.nextInt(5) == 0);
            if (isLeaf) {
                features[node] = -1;
                children[node] = leaves * outputs;
                for (int k = 0; k < outputs; k++) {
                    values[leaves * outputs + k] = (float) random.nextDouble(-5, 5);
                }
                weights[leaves++] = random.nextInt(1, 40);
                return;
            }
            features[node] = random.nextInt(count);
            thresholds[node] = random.nextDouble();
            int child = nodes;
            nodes += 2;
            children[node] = child;
            grow(child, depth - 1);
            grow(child + 1, depth - 1);
        }
    }

    private static double weight(Tree tree, int node) {
        int child = tree.children()[node];
        return tree.features()[node] < 0
                ? tree.weights()[child / tree.outputs()]
                : weight(tree, child) + weight(tree, child + 1);
    }

    /** The tree's value when only some features are known: equation of algorithm 1 of Lundberg and others, 2018. */
    private static double value(Tree tree, int node, double[] row, int known, int output) {
        int feature = tree.features()[node];
        int child = tree.children()[node];
        if (feature < 0) {
            return tree.values()[child + output];
        }
        if ((known >> feature & 1) == 1) {
            return value(tree, row[feature] <= tree.thresholds()[node] ? child : child + 1, row, known, output);
        }
        double left = weight(tree, child);
        double right = weight(tree, child + 1);
        return (left * value(tree, child, row, known, output) + right * value(tree, child + 1, row, known, output))
                / (left + right);
    }

    private static double shapley(Tree tree, double[] row, int feature, int output) {
        double sum = 0;
        for (int set = 0; set < 1 << FEATURES; set++) {
            if ((set >> feature & 1) == 1) {
                continue;
            }
            int size = Integer.bitCount(set);
            double ways = factorial(size) * factorial(FEATURES - size - 1) / factorial(FEATURES);
            sum += ways * (value(tree, 0, row, set | 1 << feature, output) - value(tree, 0, row, set, output));
        }
        return sum;
    }

    private static double factorial(int n) {
        return IntStream.rangeClosed(1, n).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 9})
    void areThoseOfTheSumOverAllSets(int depth) {
        for (int seed = 0; seed < 5; seed++) {
            Tree tree = drawn(seed, depth, FEATURES, 2);
            double[] row = new SplittableRandom(100 + seed).doubles(FEATURES).toArray();
            double[] found = new double[2 * (FEATURES + 1)];

            new TreeShap(tree).addTo(new Matrix(row, 1, FEATURES), 0, found);

            for (int output = 0; output < 2; output++) {
                for (int feature = 0; feature < FEATURES; feature++) {
                    assertEquals(shapley(tree, row, feature, output), found[output * (FEATURES + 1) + feature], 1e-12);
                }
                assertEquals(value(tree, 0, row, 0, output), found[output * (FEATURES + 1) + FEATURES], 1e-12);
            }
        }
    }

    @Test
    void roughMeansAreNearTheExactOnes() {
        Tasks.Rows rows = Tasks.rows(1_500, 5, 3, (x, random) -> {
            Arrays.setAll(x, i -> random.nextDouble());
            return 3 * x[0] + 4 * x[1] * x[2] + 0.5 * x[3] + random.nextDouble();
        });
        Model forest = Learners.fit(
                Algorithm.of("random_forest", Map.of("trees", 25)), Tasks.examples(rows, rows, 0), Tasks.course());
        Matrix some = rows.features().rows(IntStream.range(0, 20).toArray());

        AtomicInteger checks = new AtomicInteger();
        double[] exact = means(forest.contributions(some).orElseThrow());
        double[] rough =
                means(forest.roughContributions(some, checks::incrementAndGet).orElseThrow());

        assertEquals(25, checks.get());
        double off = IntStream.range(0, 5)
                .mapToDouble(i -> Math.abs(rough[i] - exact[i]))
                .max()
                .orElseThrow();
        double greatest = Arrays.stream(exact).max().orElseThrow();
        assertTrue(off > 0 && off < 0.01 * greatest, () -> off + " of " + greatest);
    }

    private static double[] means(Contributions found) {
        return IntStream.range(0, found.features())
                .mapToDouble(feature -> IntStream.range(0, found.rows())
                        .mapToDouble(row -> Math.abs(found.at(row, 0, feature)))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /** Where algorithm 2 of the paper divides by what it had multiplied, and loses its digits. */
    @Test
    void addUpToTheValueOnLongPathsOfManyFeatures() {
        int features = 60;
        Tree tree = drawn(7, 60, features, 1);
        double[] row = new SplittableRandom(8).doubles(features).toArray();
        double[] found = new double[features + 1];
        double[] value = new double[1];
        tree.addTo(row, 0, value, 0);

        new TreeShap(tree).addTo(new Matrix(row, 1, features), 0, found);

        assertTrue(tree.features().length > 1000);
        assertEquals(value[0], Arrays.stream(found).sum(), 1e-11);
    }
}
