package dev.datastudio.ml.train.internal.linear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.algorithm.LinearRegression;
import dev.datastudio.ml.algorithm.Penalty;
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

/** A constant and a coefficient a feature. Its features come standardised, so that a penalty treats them alike. */
public final class Linear implements Model {
    private static final int MOST_ROUNDS = 10_000;
    private static final double ENOUGH = 1e-9;

    private final double constant;
    private final double[] coefficients;

    private Linear(double constant, double[] coefficients) {
        this.constant = constant;
        this.coefficients = coefficients;
    }

    public static Linear fit(LinearRegression spec, Examples examples, Course course) {
        Matrix x = examples.features();
        int columns = x.columns();
        double[] means = new double[columns];
        double meanY = 0;
        double weight = Arrays.stream(examples.weights()).sum();
        for (int row = 0; row < x.rows(); row++) {
            double share = examples.weights()[row] / weight;
            meanY += share * examples.labels()[row];
            for (int j = 0; j < columns; j++) {
                means[j] += share * x.at(row, j);
            }
        }
        // The means of products of centred features, with each other and with the label.
        double[] products = new double[columns * columns];
        double[] labels = new double[columns];
        double[] centred = new double[columns];
        for (int row = 0; row < x.rows(); row++) {
            double share = examples.weights()[row] / weight;
            double y = examples.labels()[row] - meanY;
            for (int j = 0; j < columns; j++) {
                centred[j] = x.at(row, j) - means[j];
            }
            for (int j = 0; j < columns; j++) {
                double each = share * centred[j];
                labels[j] += each * y;
                int at = j * columns;
                for (int k = 0; k <= j; k++) {
                    products[at + k] += each * centred[k];
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            for (int k = j + 1; k < columns; k++) {
                products[j * columns + k] = products[k * columns + j];
            }
        }
        course.check();
        double[] coefficients = solve(spec, products, labels, course);
        double constant = meanY;
        for (int j = 0; j < columns; j++) {
            constant -= coefficients[j] * means[j];
        }
        return new Linear(constant, coefficients);
    }

    private static double[] solve(LinearRegression spec, double[] products, double[] labels, Course course) {
        int columns = labels.length;
        if (spec.penalty() == Penalty.NONE || spec.penalty() == Penalty.RIDGE) {
            double[] matrix = products.clone();
            for (int j = 0; j < columns && spec.penalty() == Penalty.RIDGE; j++) {
                matrix[j * columns + j] += spec.strength();
            }
            return Cholesky.solve(matrix, labels);
        }
        double lasso = spec.strength() * (spec.penalty() == Penalty.LASSO ? 1 : spec.lassoShare());
        return descend(products, labels, lasso, spec.strength() - lasso, course);
    }

    /** Coordinate descent with the products alone (Friedman, Hastie and Tibshirani, 2010, section 2.2). */
    private static double[] descend(double[] products, double[] labels, double lasso, double ridge, Course course) {
        int columns = labels.length;
        double[] b = new double[columns];
        double[] slopes = labels.clone(); // of the label less what is predicted, with each feature
        for (int round = 0; round < MOST_ROUNDS; round++) {
            course.check();
            double moved = 0;
            for (int j = 0; j < columns; j++) {
                double size = products[j * columns + j];
                if (size == 0) {
                    continue;
                }
                double slope = slopes[j] + size * b[j];
                double next = Math.signum(slope) * Math.max(0, Math.abs(slope) - lasso) / (size + ridge);
                double step = next - b[j];
                if (step != 0) {
                    for (int k = 0; k < columns; k++) {
                        slopes[k] -= products[k * columns + j] * step;
                    }
                    b[j] = next;
                    moved = Math.max(moved, Math.abs(step) * Math.sqrt(size));
                }
            }
            if (moved < ENOUGH * (1 + Math.abs(labels[0]))) {
                break;
            }
        }
        return b;
    }

    @Override
    public double[] predict(Matrix features) {
        double[] values = new double[features.rows()];
        for (int row = 0; row < values.length; row++) {
            double sum = constant;
            for (int j = 0; j < coefficients.length; j++) {
                sum += coefficients[j] * features.at(row, j);
            }
            values[row] = sum;
        }
        return values;
    }

    @Override
    public Optional<double[]> importances() {
        return Optional.of(Shares.of(coefficients));
    }

    @Override
    public Optional<Contributions> contributions(Matrix features) {
        double[] all = Arrays.copyOf(coefficients, coefficients.length + 1);
        all[coefficients.length] = constant;
        return Optional.of(Contributions.linear(features, all));
    }

    @Override
    public boolean export(OnnxGraph graph) {
        graph.linear(coefficients, new double[] {constant});
        return true;
    }

    @Override
    public void write(ObjectNode json) {
        json.put("constant", constant);
        Packed.put(json, "coefficients", coefficients);
    }

    public static Linear read(JsonNode json) {
        return new Linear(json.required("constant").asDouble(), Packed.doubles(json, "coefficients"));
    }
}
