package dev.datastudio.ml.train.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.algorithm.GradientBoosting;
import dev.datastudio.ml.algorithm.XgBoost;
import dev.datastudio.ml.device.Devices;
import dev.datastudio.ml.onnx.internal.OnnxGraph;
import dev.datastudio.ml.onnx.internal.OnnxTrees;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Contributions;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import dev.datastudio.ml.train.internal.model.Shares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** Trees that mend what those before them left (Chen and Guestrin, 2016), by XGBoost. */
public final class Boosted implements Model {
    private static final String FORMAT = "ubj";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The second derivative at a share of 95%, which is what a row of classes counts for in a leaf; of numbers it is 1. */
    private static final double CERTAIN = 0.05;

    /** XGBoost's second derivative of more than two classes is twice the true one, so its steps are half of Newton's. */
    private static final int DOUBLED = 2;

    private static final int MOST_FOR_ONE_THREAD = 20_000; // values of features

    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private @Nullable Booster booster;
    private final int classes;
    private final int columns;
    private final int rounds;
    private final Units units;
    private double @Nullable [] importances;

    private Boosted(
            Booster booster, int classes, int columns, int rounds, Units units, double @Nullable [] importances) {
        this.booster = booster;
        this.classes = classes;
        this.columns = columns;
        this.rounds = rounds;
        this.units = units;
        this.importances = importances;
    }

    /** What numbers are learnt as: XGBoost's have seven digits, which those of a target far from 0 would be used up by. */
    private record Units(double offset, double scale) {
        static final Units PLAIN = new Units(0, 1);

        static Units of(double[] labels) {
            double least = Arrays.stream(labels).min().orElse(0);
            double half = (Arrays.stream(labels).max().orElse(0) / 2 - least / 2);
            return new Units(least + half, half > 0 ? half : 1);
        }

        double[] learnt(double[] labels) {
            return Arrays.stream(labels).map(y -> (y - offset) / scale).toArray();
        }
    }

    public static Boosted fit(GradientBoosting spec, Examples examples, Course course) {
        Map<String, Object> parameters = new HashMap<>();
        int scale = examples.classes() > 2 ? DOUBLED : 1;
        parameters.put("eta", spec.learningRate() * scale);
        parameters.put("grow_policy", "lossguide");
        parameters.put("max_leaves", spec.maxLeaves());
        parameters.put("max_depth", 0);
        parameters.put("max_bin", spec.bins());
        parameters.put("min_child_weight", spec.minLeaf() * (examples.isClasses() ? CERTAIN * scale : 1));
        return fit(parameters, spec.rounds(), spec.patience(), examples, course);
    }

    public static Boosted fit(XgBoost spec, Examples examples, Course course) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("eta", spec.learningRate());
        parameters.put("max_depth", spec.maxDepth());
        parameters.put("subsample", spec.rowShare());
        parameters.put("colsample_bytree", spec.featureShare());
        parameters.put("lambda", spec.ridge());
        return fit(parameters, spec.rounds(), spec.patience(), examples, course);
    }

    private static Boosted fit(
            Map<String, Object> parameters, int rounds, int patience, Examples examples, Course course) {
        parameters.put("tree_method", "hist");
        String device = Devices.found().boosting();
        parameters.put("device", device);
        course.on(device.equals(Devices.CUDA) ? "gpu:0" : Devices.CPU);
        parameters.put("nthread", threads(examples.features(), course));
        parameters.put("seed", Math.floorMod(examples.seed(), Integer.MAX_VALUE));
        parameters.put("verbosity", 0);
        if (!examples.isClasses()) {
            parameters.put("objective", "reg:squarederror");
            parameters.put("eval_metric", "rmse");
        } else if (examples.classes() == 2) {
            parameters.put("objective", "binary:logistic");
            parameters.put("eval_metric", "logloss");
        } else {
            parameters.put("objective", "multi:softprob");
            parameters.put("num_class", examples.classes());
            parameters.put("eval_metric", "mlogloss");
        }
        try {
            return train(parameters, rounds, patience, examples, course);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
    }

    /** XGBoost's threads wait for each other many times a round: of little to do that is most of the time. */
    private static int threads(Matrix features, Course course) {
        return features.values().length <= MOST_FOR_ONE_THREAD ? 1 : course.threads();
    }

    private static Boosted train(
            Map<String, Object> parameters, int rounds, int patience, Examples examples, Course course)
            throws XGBoostError {
        Units units = examples.isClasses() ? Units.PLAIN : Units.of(examples.labels());
        DMatrix train = matrix(examples.features(), units.learnt(examples.labels()));
        DMatrix held = null;
        Booster booster = null;
        boolean isDone = false;
        try {
            train.setWeight(floats(examples.weights()));
            if (patience > 0 && examples.held().isPresent()) {
                Examples.Held rows = examples.held().get();
                held = matrix(rows.features(), units.learnt(rows.labels()));
            }
            booster = XGBoost.train(train, parameters, 0, Map.of(), null, null);
            double best = Double.POSITIVE_INFINITY;
            int bestRound = rounds;
            for (int round = 0; round < rounds; round++) {
                course.check();
                booster.update(train, round);
                course.at("growing trees", round + 1, rounds, "rounds");
                if (held != null) {
                    float[] loss = new float[1];
                    booster.evalSet(new DMatrix[] {held}, new String[] {"held"}, round, loss);
                    if (loss[0] < best) {
                        best = loss[0];
                        bestRound = round + 1;
                    } else if (round + 1 - bestRound >= patience) {
                        break;
                    }
                }
            }
            int columns = examples.features().columns();
            int used = held == null ? rounds : bestRound;
            Boosted model = new Boosted(booster, examples.classes(), columns, used, units, null);
            isDone = true;
            return model;
        } finally {
            train.dispose();
            if (held != null) {
                held.dispose();
            }
            if (booster != null && !isDone) {
                booster.dispose();
            }
        }
    }

    /** XGBoost tells them by a text of all trees, which takes a tenth of a training: only when somebody asks. */
    private double[] gains() {
        use.writeLock().lock();
        try {
            if (importances == null) {
                double[] gains = new double[columns];
                Objects.requireNonNull(booster, "closed")
                        .getScore((String) null, "total_gain")
                        .forEach((name, gain) -> gains[Integer.parseInt(name.substring(1))] = gain);
                importances = Shares.of(gains);
            }
            return importances;
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        } finally {
            use.writeLock().unlock();
        }
    }

    private static DMatrix matrix(Matrix features, double[] labels) throws XGBoostError {
        DMatrix matrix = new DMatrix(floats(features.values()), features.rows(), features.columns(), Float.NaN);
        matrix.setLabel(floats(labels));
        return matrix;
    }

    private static float[] floats(double[] values) {
        float[] copy = new float[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float)
                    Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, values[i])); // it refuses infinite ones
        }
        return copy;
    }

    @Override
    public double[] predict(Matrix features) {
        if (features.rows() == 0) {
            return new double[0];
        }
        use.readLock().lock();
        try {
            float[][] found = Objects.requireNonNull(booster, "closed")
                    .inplace_predict(
                            floats(features.values()), features.rows(), columns, Float.NaN, new int[] {0, rounds});
            return spread(found);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        } finally {
            use.readLock().unlock();
        }
    }

    private double[] spread(float[][] found) {
        int outputs = Math.max(1, classes);
        double[] all = new double[found.length * outputs];
        for (int row = 0; row < found.length; row++) {
            if (classes == 2) {
                all[row * 2] = 1 - (double) found[row][0];
                all[row * 2 + 1] = found[row][0];
                continue;
            }
            for (int k = 0; k < outputs; k++) {
                all[row * outputs + k] = found[row][k] * units.scale() + units.offset();
            }
        }
        return all;
    }

    @Override
    public Optional<double[]> importances() {
        return Optional.of(gains().clone());
    }

    /** By TreeSHAP (Lundberg, Erion and Lee, 2018), exact. */
    @Override
    public Optional<Contributions> contributions(Matrix features) {
        use.readLock().lock();
        DMatrix rows = null;
        try {
            rows = new DMatrix(floats(features.values()), features.rows(), columns, Float.NaN);
            float[][] found = Objects.requireNonNull(booster, "closed").predictContrib(rows, rounds);
            int width = found[0].length;
            double[] values = new double[found.length * width];
            for (int row = 0; row < found.length; row++) {
                for (int i = 0; i < width; i++) {
                    boolean isBase = i % (columns + 1) == columns;
                    values[row * width + i] = found[row][i] * units.scale() + (isBase ? units.offset() : 0);
                }
            }
            return Optional.of(new Contributions(values, width / (columns + 1), columns));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        } finally {
            if (rows != null) {
                rows.dispose();
            }
            use.readLock().unlock();
        }
    }

    @Override
    public boolean export(OnnxGraph graph) {
        JsonNode learner = json().required("learner");
        JsonNode model = learner.required("gradient_booster").required("model");
        int margins = Math.max(1, classes == 2 ? 1 : classes);
        OnnxTrees all = new OnnxTrees(true);
        for (int tree = 0; tree < rounds * margins; tree++) {
            int margin = model.required("tree_info").required(tree).asInt();
            export(all, tree, model.required("trees").required(tree), classes == 2 ? 1 : margin);
        }
        double base = base(learner) * units.scale() + units.offset();
        double[] bases = new double[Math.max(1, classes)];
        Arrays.fill(bases, base);
        if (classes == 2) {
            bases[0] = 0; // the first class has margin 0, the second the log-odds
            bases[1] = Math.log(base / (1 - base));
        }
        graph.trees(all, bases, true, true);
        return true;
    }

    /** A tree as XGBoost keeps it: a leaf has no left child, and its value stands where others have their threshold. */
    private void export(OnnxTrees all, int number, JsonNode tree, int output) {
        JsonNode left = tree.required("left_children");
        for (int node = 0; node < left.size(); node++) {
            float value = (float) tree.required("split_conditions").get(node).asDouble();
            if (left.get(node).asInt() < 0) {
                all.leaf(number, node, new int[] {output}, new double[] {value * units.scale()});
                continue;
            }
            all.branch(
                    number,
                    node,
                    tree.required("split_indices").get(node).asInt(),
                    value,
                    left.get(node).asInt(),
                    tree.required("right_children").get(node).asInt());
        }
    }

    /** What all rows begin with, which is a text, in later versions of a list. */
    private static double base(JsonNode learner) {
        String text =
                learner.required("learner_model_param").required("base_score").asText();
        return (float) Double.parseDouble(text.replace("[", "").replace("]", ""));
    }

    private JsonNode json() {
        use.readLock().lock();
        try {
            return JSON.readTree(Objects.requireNonNull(booster, "closed").toByteArray("json"));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("XGBoost wrote no JSON", e);
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void write(ObjectNode json) {
        json.put("classes", classes);
        json.put("columns", columns);
        json.put("rounds", rounds);
        json.put("offset", units.offset());
        json.put("scale", units.scale());
        Packed.put(json, "importances", gains());
        try {
            json.put("booster", Objects.requireNonNull(booster, "closed").toByteArray(FORMAT));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
    }

    public static Boosted read(JsonNode json) {
        try {
            Booster booster = XGBoost.loadModel(json.required("booster").binaryValue());
            return new Boosted(
                    booster,
                    json.required("classes").asInt(),
                    json.required("columns").asInt(),
                    json.required("rounds").asInt(),
                    new Units(
                            json.path("offset").asDouble(0), json.path("scale").asDouble(1)), // earlier ones have none
                    Packed.doubles(json, "importances"));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("booster is no Base64", e);
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (booster != null) {
                booster.dispose();
                booster = null;
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
