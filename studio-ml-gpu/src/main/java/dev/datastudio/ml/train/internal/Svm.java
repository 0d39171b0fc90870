package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.ml.algorithm.Kernel;
import dev.datastudio.ml.algorithm.SupportVectorMachine;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * Support vectors, found by LIBSVM. Of more than two classes each pair has a margin of its own. The shares of classes come
 * from votes and the distances to the margins: they order rows, but are not calibrated.
 */
final class Svm implements Model {
    private static final double CACHE_MEGABYTES = 100; // twice as much is not faster
    private static final int ROWS_PER_PART = 32;
    private static final double TOLERANCE = 1e-3;

    /** The course of the fit on each thread: LIBSVM tells of its steps in one place for all. */
    private static final ThreadLocal<Course> RUNNING = new ThreadLocal<>();

    static {
        svm.svm_set_print_string_function(text -> {
            Course course = RUNNING.get();
            if (course != null) {
                course.check();
            }
        });
    }

    private final int classes;
    private final int columns;
    private final Kernel kernel;
    private final double gamma;
    private final double[] vectors;
    private final int[] starts;
    private final int[] labels;
    private final double[][] coefficients;
    private final double[] offsets;

    /**
     * What LIBSVM found.
     *
     * @param vectors the support vectors, row by row, those of each class together
     * @param starts where the vectors of each class begin, and the end
     * @param labels the classes in LIBSVM's order
     */
    private Svm(
            int classes,
            int columns,
            Kernel kernel,
            double gamma,
            double[] vectors,
            int[] starts,
            int[] labels,
            double[][] coefficients,
            double[] offsets) {
        this.classes = classes;
        this.columns = columns;
        this.kernel = kernel;
        this.gamma = gamma;
        this.vectors = vectors;
        this.starts = starts;
        this.labels = labels;
        this.coefficients = coefficients;
        this.offsets = offsets;
    }

    static Svm fit(SupportVectorMachine spec, Examples examples, Course course) {
        int[] rows = sample(examples, spec.maxRows());
        svm_problem problem = new svm_problem();
        problem.l = rows.length;
        problem.y =
                Arrays.stream(rows).mapToDouble(row -> examples.labels()[row]).toArray();
        problem.x = new svm_node[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            problem.x[i] = nodes(examples.features(), rows[i]);
        }
        svm_parameter parameter = parameter(spec, examples);
        RUNNING.set(course);
        try {
            return of(trained(problem, parameter, course), examples, spec.kernel(), parameter.gamma);
        } finally {
            RUNNING.remove();
        }
    }

    /**
     * A thousand steps lie between two lines that LIBSVM prints, which is seconds with many rows, and nothing else of it can
     * be stopped: so the values are taken away from a fit that is cancelled, and it fails at the next comparison of rows.
     */
    @SuppressWarnings("try") // the registration is only to be ended
    private static svm_model trained(svm_problem problem, svm_parameter parameter, Course course) {
        try (Cancellation.Registration taking = course.onCancel(() -> takeAway(problem))) {
            return svm.svm_train(problem, parameter);
        } catch (NullPointerException e) {
            course.check();
            throw e;
        }
    }

    private static void takeAway(svm_problem problem) {
        for (svm_node[] row : problem.x) {
            Arrays.fill(row, null);
        }
    }

    private static svm_parameter parameter(SupportVectorMachine spec, Examples examples) {
        svm_parameter parameter = new svm_parameter();
        parameter.svm_type = examples.isClasses() ? svm_parameter.C_SVC : svm_parameter.EPSILON_SVR;
        parameter.kernel_type = spec.kernel() == Kernel.RBF ? svm_parameter.RBF : svm_parameter.LINEAR;
        parameter.gamma = spec.gamma() > 0 ? spec.gamma() : 1 / spread(examples.features());
        parameter.C = spec.cost();
        parameter.p = spec.epsilon();
        parameter.eps = TOLERANCE;
        parameter.cache_size = CACHE_MEGABYTES;
        parameter.shrinking = 1;
        double[] weights = classWeights(examples);
        parameter.nr_weight = weights.length;
        parameter.weight = weights;
        parameter.weight_label = IntStream.range(0, weights.length).toArray();
        return parameter;
    }

    /** LIBSVM weighs classes, not rows, and the weights of rows are those of their classes. */
    private static double[] classWeights(Examples examples) {
        double[] weights = new double[examples.classes()];
        Arrays.fill(weights, 1);
        for (int row = 0; row < examples.labels().length && examples.isClasses(); row++) {
            weights[(int) examples.labels()[row]] = examples.weights()[row];
        }
        return weights;
    }

    /** The number of features times the variance of all their values. */
    private static double spread(Matrix features) {
        double mean = Arrays.stream(features.values()).average().orElse(0);
        double variance = Arrays.stream(features.values())
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(1);
        return features.columns() * (variance == 0 ? 1 : variance);
    }

    private static int[] sample(Examples examples, int most) {
        int all = examples.features().rows();
        int[] rows = IntStream.range(0, all).toArray();
        if (all <= most) {
            return rows;
        }
        SplittableRandom random = new SplittableRandom(examples.seed());
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(all - i);
            int other = rows[i];
            rows[i] = rows[j];
            rows[j] = other;
        }
        return Arrays.copyOf(rows, most);
    }

    private static svm_node[] nodes(Matrix features, int row) {
        svm_node[] nodes = new svm_node[features.columns()];
        int count = 0;
        for (int j = 0; j < nodes.length; j++) {
            double value = features.at(row, j);
            if (value != 0) {
                svm_node node = new svm_node();
                node.index = j + 1;
                node.value = value;
                nodes[count++] = node;
            }
        }
        return Arrays.copyOf(nodes, count);
    }

    private static Svm of(svm_model model, Examples examples, Kernel kernel, double gamma) {
        int columns = examples.features().columns();
        double[] vectors = new double[model.l * columns];
        for (int i = 0; i < model.l; i++) {
            for (svm_node node : model.SV[i]) {
                vectors[i * columns + node.index - 1] = node.value;
            }
        }
        int[] starts = new int[examples.isClasses() ? model.nSV.length + 1 : 0];
        for (int k = 0; k + 1 < starts.length; k++) {
            starts[k + 1] = starts[k] + model.nSV[k];
        }
        int[] labels = examples.isClasses() ? model.label : new int[0];
        return new Svm(examples.classes(), columns, kernel, gamma, vectors, starts, labels, model.sv_coef, model.rho);
    }

    @Override
    public double[] predict(Matrix features) {
        int outputs = Math.max(1, classes);
        double[] all = new double[features.rows() * outputs];
        int parts = (features.rows() + ROWS_PER_PART - 1) / ROWS_PER_PART;
        IntStream.range(0, parts).parallel().forEach(part -> {
            double[] compared = new double[coefficients[0].length]; // for many rows, as there are many vectors
            int to = Math.min(features.rows(), (part + 1) * ROWS_PER_PART);
            for (int row = part * ROWS_PER_PART; row < to; row++) {
                compare(features, row, compared);
                if (classes == 0) {
                    double sum = -offsets[0];
                    for (int i = 0; i < compared.length; i++) {
                        sum += coefficients[0][i] * compared[i];
                    }
                    all[row] = sum;
                } else {
                    shares(compared, all, row * classes);
                }
            }
        });
        return all;
    }

    private void compare(Matrix features, int row, double[] compared) {
        int at = row * columns;
        for (int i = 0; i < compared.length; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                double value = features.values()[at + j];
                double vector = vectors[i * columns + j];
                sum += kernel == Kernel.RBF ? (value - vector) * (value - vector) : value * vector;
            }
            compared[i] = kernel == Kernel.RBF ? Math.exp(-gamma * sum) : sum;
        }
    }

    /**
     * Of two classes by the logistic function of how far the row is from the border. Of more, each pair of them votes for
     * one, and how far the row is from the borders orders classes with the same number of votes, as it counts for less
     * than a vote: what scikit-learn's one-vs-rest decision function is made of.
     */
    private void shares(double[] compared, double[] out, int at) {
        int known = labels.length;
        double[] votes = new double[known];
        double[] far = new double[known];
        int pair = 0;
        for (int a = 0; a < known; a++) {
            for (int b = a + 1; b < known; b++) {
                double sum = -offsets[pair++];
                for (int i = starts[a]; i < starts[a + 1]; i++) {
                    sum += coefficients[b - 1][i] * compared[i];
                }
                for (int i = starts[b]; i < starts[b + 1]; i++) {
                    sum += coefficients[a][i] * compared[i];
                }
                votes[sum > 0 ? a : b]++;
                far[a] += sum;
                far[b] -= sum;
            }
        }
        if (known == 2) {
            double share = 1 / (1 + Math.exp(-2 * far[0]));
            out[at + labels[0]] = share;
            out[at + labels[1]] = 1 - share;
            return;
        }
        double all = 0;
        for (int k = 0; k < known; k++) {
            votes[k] += (1 + far[k] / (1 + Math.abs(far[k]))) / 3;
            all += votes[k];
        }
        for (int k = 0; k < known; k++) {
            out[at + labels[k]] = votes[k] / all;
        }
    }

    @Override
    public void write(ObjectNode json) {
        json.put("classes", classes);
        json.put("columns", columns);
        json.put("kernel", kernel.name());
        json.put("gamma", gamma);
        json.put("sets", coefficients.length);
        Packed.put(json, "vectors", vectors);
        Packed.put(json, "starts", starts);
        Packed.put(json, "labels", labels);
        Packed.put(json, "offsets", offsets);
        for (int i = 0; i < coefficients.length; i++) {
            Packed.put(json, "coefficients" + i, coefficients[i]);
        }
    }

    static Svm read(JsonNode json) {
        double[][] coefficients = new double[json.required("sets").asInt()][];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = Packed.doubles(json, "coefficients" + i);
        }
        return new Svm(
                json.required("classes").asInt(),
                json.required("columns").asInt(),
                Kernel.valueOf(json.required("kernel").asText()),
                json.required("gamma").asDouble(),
                Packed.doubles(json, "vectors"),
                Packed.ints(json, "starts"),
                Packed.ints(json, "labels"),
                coefficients,
                Packed.doubles(json, "offsets"));
    }
}
