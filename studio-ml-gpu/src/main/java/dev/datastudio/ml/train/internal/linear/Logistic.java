package dev.datastudio.ml.train.internal.linear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.algorithm.LogisticRegression;
import dev.datastudio.ml.onnx.internal.OnnxGraph;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Contributions;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import dev.datastudio.ml.train.internal.model.Shares;
import java.util.Arrays;
import java.util.Optional;

/**
 * A constant and a coefficient a feature for each class; of two classes for the second alone. The shares of the classes are
 * the softmax of the sums.
 */
public final class Logistic implements Model {
    /** Rows that one thread sums up; their order, and so the last digits, do not depend on how many threads there are. */
    private static final int ROWS_PER_SUM = 4_096;

    private static final double ENOUGH = 1e-4;

    private final int classes;
    private final int columns;
    private final double[] coefficients;

    private Logistic(int classes, int columns, double[] coefficients) {
        this.classes = classes;
        this.columns = columns;
        this.coefficients = coefficients;
    }

    public static Logistic fit(LogisticRegression spec, Examples examples, Course course) {
        int columns = examples.features().columns();
        int sets = examples.classes() == 2 ? 1 : examples.classes();
        double shrink = 1 / spec.regularization();
        double[] found = Lbfgs.minimise(
                (b, slope) -> loss(examples, sets, b, slope, shrink, course),
                new double[sets * (columns + 1)],
                spec.maxIterations(),
                ENOUGH * Math.sqrt(examples.features().rows()));
        return new Logistic(examples.classes(), columns, found);
    }

    private static double loss(Examples examples, int sets, double[] b, double[] slope, double shrink, Course course) {
        course.check();
        int rows = examples.features().rows();
        int parts = (rows + ROWS_PER_SUM - 1) / ROWS_PER_SUM;
        double[] losses = new double[parts];
        double[][] slopes = new double[parts][b.length];
        java.util.stream.IntStream all = java.util.stream.IntStream.range(0, parts);
        (parts > 1 && course.threads() > 1 ? all.parallel() : all)
                .forEach(part -> losses[part] = sum(
                        examples,
                        sets,
                        b,
                        slopes[part],
                        part * ROWS_PER_SUM,
                        Math.min(rows, (part + 1) * ROWS_PER_SUM)));
        double loss = Arrays.stream(losses).sum();
        Arrays.fill(slope, 0);
        for (double[] part : slopes) {
            for (int i = 0; i < slope.length; i++) {
                slope[i] += part[i];
            }
        }
        int width = b.length / sets;
        for (int i = 0; i < b.length; i++) {
            if (i % width != width - 1) { // constants are not shrunk
                loss += shrink * b[i] * b[i] / 2;
                slope[i] += shrink * b[i];
            }
        }
        return loss;
    }

    private static double sum(Examples examples, int sets, double[] b, double[] slope, int from, int to) {
        Matrix x = examples.features();
        int columns = x.columns();
        double[] values = x.values();
        double[] shares = new double[Math.max(2, sets)];
        double loss = 0;
        for (int row = from; row < to; row++) {
            int at = row * columns;
            int label = (int) examples.labels()[row];
            double weight = examples.weights()[row];
            loss -= weight * logShares(values, at, columns, sets, b, shares, label);
            for (int k = 0; k < sets; k++) {
                int each = sets == 1 ? 1 : k;
                double off = weight * (shares[each] - (label == each ? 1 : 0));
                int set = k * (columns + 1);
                for (int j = 0; j < columns; j++) {
                    slope[set + j] += off * values[at + j];
                }
                slope[set + columns] += off;
            }
        }
        return loss;
    }

    /** Writes the shares of all classes, and gives the logarithm of one. */
    private static double logShares(
            double[] values, int at, int columns, int sets, double[] b, double[] shares, int label) {
        double highest = 0;
        int classes = sets == 1 ? 2 : sets;
        for (int k = 0; k < classes; k++) {
            shares[k] = 0;
            if (sets == 1 && k == 0) {
                continue;
            }
            int set = (sets == 1 ? 0 : k) * (columns + 1);
            double sum = b[set + columns] + dot(b, set, values, at, columns);
            shares[k] = sum;
            highest = k == 0 ? sum : Math.max(highest, sum);
        }
        double own = shares[label] - highest;
        double all = 0;
        for (int k = 0; k < classes; k++) {
            shares[k] = shares[k] == highest ? 1 : Math.exp(shares[k] - highest);
            all += shares[k];
        }
        for (int k = 0; k < classes; k++) {
            shares[k] /= all;
        }
        return own - Math.log(all);
    }

    /** In four sums, which the processor adds to at the same time. */
    private static double dot(double[] a, int fromA, double[] b, int fromB, int count) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            first += a[fromA + i] * b[fromB + i];
            second += a[fromA + i + 1] * b[fromB + i + 1];
            third += a[fromA + i + 2] * b[fromB + i + 2];
            fourth += a[fromA + i + 3] * b[fromB + i + 3];
        }
        for (; i < count; i++) {
            first += a[fromA + i] * b[fromB + i];
        }
        return first + second + (third + fourth);
    }

    @Override
    public double[] predict(Matrix features) {
        int sets = classes == 2 ? 1 : classes;
        double[] all = new double[features.rows() * classes];
        double[] shares = new double[Math.max(2, classes)];
        for (int row = 0; row < features.rows(); row++) {
            logShares(features.values(), row * columns, columns, sets, coefficients, shares, 0);
            System.arraycopy(shares, 0, all, row * classes, classes);
        }
        return all;
    }

    @Override
    public Optional<double[]> importances() {
        double[] sizes = new double[columns];
        for (int i = 0; i < coefficients.length; i++) {
            if (i % (columns + 1) < columns) {
                sizes[i % (columns + 1)] += Math.abs(coefficients[i]);
            }
        }
        return Optional.of(Shares.of(sizes));
    }

    @Override
    public Optional<Contributions> contributions(Matrix features) {
        return Optional.of(Contributions.linear(features, coefficients));
    }

    @Override
    public boolean export(OnnxGraph graph) {
        double[] turned = new double[columns * classes];
        double[] constants = new double[classes];
        int sets = coefficients.length / (columns + 1);
        for (int set = 0; set < sets; set++) {
            int k = sets == 1 ? 1 : set; // of two classes the first has margin 0
            for (int j = 0; j < columns; j++) {
                turned[j * classes + k] = coefficients[set * (columns + 1) + j];
            }
            constants[k] = coefficients[set * (columns + 1) + columns];
        }
        graph.linear(turned, constants);
        return true;
    }

    @Override
    public void write(ObjectNode json) {
        json.put("classes", classes);
        json.put("columns", columns);
        Packed.put(json, "coefficients", coefficients);
    }

    public static Logistic read(JsonNode json) {
        return new Logistic(
                json.required("classes").asInt(),
                json.required("columns").asInt(),
                Packed.doubles(json, "coefficients"));
    }
}
