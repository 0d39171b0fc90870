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
import java.util.stream.IntStream;

/**
 * A constant and a coefficient a feature for each class; of two classes for the second alone. The shares of the classes are
 * the softmax of the sums.
 */
public final class Logistic implements Model {
    /** Rows that one thread sums up; their order, and so the last digits, do not depend on how many threads there are. */
    private static final int ROWS_PER_SUM = 4_096;

    private static final int ROWS_AT_ONCE = 4;
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
        IntStream all = IntStream.range(0, parts);
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

    /** Four rows at a time: the processor adds to four sums at once, and reads a coefficient and its slope once for all. */
    private static double sum(Examples examples, int sets, double[] b, double[] slope, int from, int to) {
        int columns = examples.features().columns();
        double[] values = examples.features().values();
        double[] off = new double[ROWS_AT_ONCE * sets];
        Logarithms logarithms = new Logarithms();
        double loss = 0;
        for (int row = from; row < to; row += ROWS_AT_ONCE) {
            int first = row * columns; // rows after the last are the last again, and weigh nothing
            int second = Math.min(row + 1, to - 1) * columns;
            int third = Math.min(row + 2, to - 1) * columns;
            int fourth = Math.min(row + 3, to - 1) * columns;
            for (int k = 0; k < sets; k++) {
                int set = k * (columns + 1);
                double sum1 = b[set + columns];
                double sum2 = sum1;
                double sum3 = sum1;
                double sum4 = sum1;
                for (int j = 0; j < columns; j++) {
                    double coefficient = b[set + j];
                    sum1 += coefficient * values[first + j];
                    sum2 += coefficient * values[second + j];
                    sum3 += coefficient * values[third + j];
                    sum4 += coefficient * values[fourth + j];
                }
                off[k] = sum1;
                off[sets + k] = sum2;
                off[2 * sets + k] = sum3;
                off[3 * sets + k] = sum4;
            }
            for (int i = 0; i < ROWS_AT_ONCE; i++) {
                int at = Math.min(row + i, to - 1);
                double weight = row + i < to ? examples.weights()[at] : 0;
                loss += weight * turnOff(off, i * sets, sets, (int) examples.labels()[at], weight, logarithms);
            }
            for (int k = 0; k < sets; k++) {
                int set = k * (columns + 1);
                double off1 = off[k];
                double off2 = off[sets + k];
                double off3 = off[2 * sets + k];
                double off4 = off[3 * sets + k];
                for (int j = 0; j < columns; j++) {
                    slope[set + j] += off1 * values[first + j]
                            + off2 * values[second + j]
                            + off3 * values[third + j]
                            + off4 * values[fourth + j];
                }
                slope[set + columns] += off1 + off2 + off3 + off4;
            }
        }
        return loss + logarithms.sum();
    }

    /**
     * Turns the sums of a row into what the shares of the classes are off, times its weight.
     *
     * @return the row's loss less the logarithm that it has added
     */
    private static double turnOff(double[] sums, int at, int sets, int label, double weight, Logarithms logarithms) {
        if (sets == 1) {
            double sum = sums[at];
            double smaller = Math.exp(-Math.abs(sum));
            double share = (sum >= 0 ? 1 : smaller) / (1 + smaller);
            sums[at] = weight * (share - label);
            logarithms.add(weight, 1 + smaller);
            return Math.max(label == 1 ? -sum : sum, 0);
        }
        double highest = sums[at];
        for (int k = 1; k < sets; k++) {
            highest = Math.max(highest, sums[at + k]);
        }
        double own = sums[at + label] - highest;
        double all = 0;
        for (int k = at; k < at + sets; k++) {
            sums[k] = Math.exp(sums[k] - highest);
            all += sums[k];
        }
        for (int k = at; k < at + sets; k++) {
            sums[k] *= weight / all;
        }
        sums[at + label] -= weight;
        logarithms.add(weight, all);
        return -own;
    }

    /** A weighted sum of logarithms of numbers from 1 on: one logarithm for the product of many that weigh the same. */
    private static final class Logarithms {
        private static final double LARGE = 1e200;

        private double sum;
        private double product = 1;
        private double weight;

        void add(double weight, double number) {
            if (weight != this.weight || product > LARGE) {
                sum = sum();
                product = 1;
                this.weight = weight;
            }
            product *= number;
        }

        double sum() {
            return sum + weight * Math.log(product);
        }
    }

    /** Writes the shares of all classes. */
    private void shares(double[] values, int at, double[] shares, int to) {
        int sets = classes == 2 ? 1 : classes;
        double highest = 0;
        for (int k = 0; k < classes; k++) {
            int set = (sets == 1 ? 0 : k) * (columns + 1);
            boolean isZero = sets == 1 && k == 0;
            double sum = isZero ? 0 : coefficients[set + columns] + dot(coefficients, set, values, at, columns);
            shares[to + k] = sum;
            highest = k == 0 ? sum : Math.max(highest, sum);
        }
        double all = 0;
        for (int k = to; k < to + classes; k++) {
            shares[k] = Math.exp(shares[k] - highest);
            all += shares[k];
        }
        for (int k = to; k < to + classes; k++) {
            shares[k] /= all;
        }
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
        double[] all = new double[features.rows() * classes];
        for (int row = 0; row < features.rows(); row++) {
            shares(features.values(), row * columns, all, row * classes);
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
