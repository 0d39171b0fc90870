package dev.datastudio.ml.train.internal.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row A3: trees, forests and boosted trees on rows that are odd in one way each. */
class TreesTest {
    private static final int ROWS = 400;

    private static double[] ones(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static double[] learn(
            String algorithm, Map<String, Object> parameters, Matrix x, double[] y, double[] weights, int classes) {
        Examples examples = new Examples(x, y, weights, classes, Optional.empty(), 5);
        Course course = new Course(Cancellation.none(), ProgressListener.NONE, 1);
        try (Model model = Learners.fit(Algorithm.of(algorithm, parameters), examples, course)) {
            return model.predict(x);
        }
    }

    /** Columns of zeros and ones, of which all but the last are mostly zeros or mostly ones. */
    private static Matrix flags(int columns, SplittableRandom random) {
        double[] values = new double[ROWS * columns];
        for (int i = 0; i < values.length; i++) {
            int column = i % columns;
            double share = column == columns - 1 ? 0.5 : column % 2 == 0 ? 0.1 : 0.9;
            values[i] = random.nextDouble() < share ? 1 : 0;
        }
        return new Matrix(values, ROWS, columns);
    }

    /** With a third value in each column, of a row that has no weight, they are binned instead of being bits. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 5", "2, 1", "3, 5"})
    void columnsOfTwoValuesAreSplitAsAnyOthers(int classes, int minLeaf) {
        SplittableRandom random = new SplittableRandom(3);
        int columns = 70; // the bits of 64 are in one word
        Matrix bits = flags(columns, random);
        double[] labels = new double[ROWS + 1];
        for (int row = 0; row < ROWS; row++) {
            double sum = bits.at(row, 0) + 2 * bits.at(row, 1) + 4 * bits.at(row, 69) * bits.at(row, 64);
            labels[row] = classes == 0 ? sum + random.nextGaussian() : (sum + random.nextInt(2)) % classes;
        }
        double[] weights = random.doubles(ROWS + 1, 0.5, 2).toArray();
        weights[ROWS] = 0;
        double[] two = Arrays.copyOf(bits.values(), (ROWS + 1) * columns);
        double[] three = two.clone();
        Arrays.fill(three, ROWS * columns, three.length, -1);
        Map<String, Object> parameters = Map.of("minLeaf", minLeaf, "maxDepth", 8);

        double[] told =
                learn("decision_tree", parameters, new Matrix(two, ROWS + 1, columns), labels, weights, classes);
        double[] plain =
                learn("decision_tree", parameters, new Matrix(three, ROWS + 1, columns), labels, weights, classes);

        int numbers = ROWS * Math.max(1, classes);
        assertArrayEquals(Arrays.copyOf(plain, numbers), Arrays.copyOf(told, numbers), 1e-6);
        assertTrue(Arrays.stream(told).distinct().count() > 10);
    }

    /** Newton's step at the shares of the first round, of a leaf of one class: from 1/3, by 0.1 of it. */
    @Test
    void boostingOfSeveralClassesTakesWholeNewtonSteps() {
        double[] values = IntStream.range(0, 300).mapToDouble(i -> i % 3).toArray();

        double[] shares = learn(
                "gradient_boosting",
                Map.of("rounds", 1, "learningRate", 0.1),
                new Matrix(values, 300, 1),
                values,
                ones(300),
                3);

        double up = 0.1 * (2 / 3.0) / (2 / 9.0);
        double down = -0.1 * (1 / 3.0) / (2 / 9.0);
        double expected = Math.exp(up) / (Math.exp(up) + 2 * Math.exp(down));
        assertEquals(expected, shares[0], 0.004); // a little less, by the ridge
    }

    /** Of numbers of seven digits only multiples of 128 would be left. */
    @ParameterizedTest
    @CsvSource({"gradient_boosting", "xg_boost", "random_forest", "decision_tree"})
    void numbersFarFromZeroKeepTheirDigits(String algorithm) {
        double[] values = IntStream.range(0, ROWS).mapToDouble(i -> i % 10).toArray();
        double[] labels = Arrays.stream(values).map(x -> 1.7e9 + x).toArray();

        double[] told = learn(algorithm, Map.of(), new Matrix(values, ROWS, 1), labels, ones(ROWS), 0);

        assertArrayEquals(labels, told, 0.01);
    }

    @ParameterizedTest
    @CsvSource({"gradient_boosting", "xg_boost", "random_forest", "decision_tree"})
    void columnsOfOneValueAndRowsOfAlmostNoWeightDoNoHarm(String algorithm) {
        SplittableRandom random = new SplittableRandom(9);
        double[] same = ones(ROWS);
        double[] labels = IntStream.range(0, ROWS).mapToDouble(i -> i % 2).toArray();
        double[] weights = IntStream.range(0, ROWS)
                .mapToDouble(i -> i % 2 == 0 ? 1 : 1e-30)
                .toArray();

        double[] constant = learn(algorithm, Map.of(), new Matrix(same, ROWS, 1), labels, ones(ROWS), 2);
        double[] light =
                learn(algorithm, Map.of(), new Matrix(random.doubles(ROWS).toArray(), ROWS, 1), labels, weights, 2);

        for (int i = 0; i < ROWS; i++) {
            assertEquals(0.5, constant[2 * i], 0.1);
            assertTrue(light[2 * i] >= 0 && light[2 * i] <= 1, () -> Arrays.toString(light));
        }
    }
}
