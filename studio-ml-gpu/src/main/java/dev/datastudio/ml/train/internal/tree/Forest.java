package dev.datastudio.ml.train.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.algorithm.DecisionTree;
import dev.datastudio.ml.algorithm.FeatureSampling;
import dev.datastudio.ml.algorithm.RandomForest;
import dev.datastudio.ml.onnx.internal.OnnxGraph;
import dev.datastudio.ml.onnx.internal.OnnxTrees;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Contributions;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** One tree, or the mean of many on resampled rows (Breiman, 2001). */
public final class Forest implements Model {
    /** Rough SHAP values of forests on 8,000 rows were less than 0.01 of the greatest off by it, in a fifth of the time. */
    private static final double LEAST_PART = 5e-3;
    /** The mean of more trees is about the same. */
    private static final int MOST_ROUGH_TREES = 200;

    private static final int ROWS_PER_TURN = 512;
    /** A single tree has the time to be exact but for its first splits; in the mean of many it does not show. */
    private static final int SORTED_OF_ONE = 32_768;

    private static final int SORTED_OF_MANY = 32;

    private final List<Tree> trees;
    private final double offset;
    private final double[] importances;

    private Forest(List<Tree> trees, double offset, double[] importances) {
        this.trees = trees;
        this.offset = offset;
        this.importances = importances;
    }

    public static Forest fit(DecisionTree spec, Examples examples, Course course) {
        float[] weights = weights(examples);
        TreeGrower.Limits limits = new TreeGrower.Limits(
                spec.maxDepth(), spec.minLeaf(), examples.features().columns(), SORTED_OF_ONE);
        return grow(examples, 1, limits, course, (index, random) -> weights);
    }

    public static Forest fit(RandomForest spec, Examples examples, Course course) {
        float[] weights = weights(examples);
        int tried = tried(spec.features(), examples);
        TreeGrower.Limits limits = new TreeGrower.Limits(spec.maxDepth(), spec.minLeaf(), tried, SORTED_OF_MANY);
        return grow(examples, spec.trees(), limits, course, (index, random) -> resampled(weights, random));
    }

    private interface Sampling {
        float[] weights(int tree, SplittableRandom random);
    }

    private static Forest grow(
            Examples examples, int count, TreeGrower.Limits limits, Course course, Sampling sampling) {
        Bins bins = Bins.of(examples.features());
        boolean asksAll = limits.tried() >= examples.features().columns();
        Flags flags = asksAll ? Flags.of(bins, examples.labels().length) : Flags.NONE;
        double offset = examples.isClasses()
                ? 0
                : Arrays.stream(examples.labels()).average().orElse(0);
        double[] labels = Arrays.stream(examples.labels()).map(y -> y - offset).toArray();
        SplittableRandom[] randoms = new SplittableRandom[count];
        SplittableRandom first = new SplittableRandom(examples.seed());
        Arrays.setAll(randoms, i -> first.split());
        Tree[] trees = new Tree[count];
        double[][] gains = new double[count][];
        AtomicInteger done = new AtomicInteger();
        course.each(count, i -> {
            float[] weights = sampling.weights(i, randoms[i]);
            TreeGrower grower = new TreeGrower(
                    examples.features(),
                    bins,
                    flags,
                    labels,
                    weights,
                    examples.classes(),
                    limits,
                    randoms[i],
                    course::check);
            trees[i] = grower.grow();
            gains[i] = grower.gains();
            course.at("growing trees", done.incrementAndGet(), count, "trees");
        });
        return new Forest(List.of(trees), offset, importances(gains));
    }

    private static double[] importances(double[][] gains) {
        double[] sums = new double[gains[0].length];
        for (double[] tree : gains) {
            double all = Arrays.stream(tree).sum();
            for (int i = 0; i < sums.length && all > 0; i++) {
                sums[i] += tree[i] / all;
            }
        }
        double all = Arrays.stream(sums).sum();
        return all == 0 ? sums : Arrays.stream(sums).map(sum -> sum / all).toArray();
    }

    private static float[] weights(Examples examples) {
        float[] weights = new float[examples.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) examples.weights()[i];
        }
        return weights;
    }

    private static float[] resampled(float[] weights, SplittableRandom random) {
        float[] drawn = new float[weights.length];
        for (int i = 0; i < drawn.length; i++) {
            int row = random.nextInt(drawn.length);
            drawn[row] += weights[row];
        }
        return drawn;
    }

    private static int tried(FeatureSampling sampling, Examples examples) {
        int all = examples.features().columns();
        boolean isRoot = sampling == FeatureSampling.SQUARE_ROOT
                || (sampling == FeatureSampling.AUTOMATIC && examples.isClasses());
        if (isRoot) {
            return Math.max(1, (int) Math.sqrt(all));
        }
        return sampling == FeatureSampling.THIRD ? Math.max(1, all / 3) : all;
    }

    @Override
    public double[] predict(Matrix features) {
        int outputs = trees.get(0).outputs();
        double[] sums = new double[features.rows() * outputs];
        int turns = (features.rows() + ROWS_PER_TURN - 1) / ROWS_PER_TURN;
        IntStream all = IntStream.range(0, turns);
        (turns > 1 ? all.parallel() : all).forEach(turn -> {
            int end = Math.min(features.rows(), (turn + 1) * ROWS_PER_TURN);
            for (Tree tree : trees) {
                for (int row = turn * ROWS_PER_TURN; row < end; row++) {
                    tree.addTo(features.values(), row * features.columns(), sums, row * outputs);
                }
            }
        });
        for (int at = 0; at < sums.length; at += outputs) {
            double parts = trees.size();
            if (outputs > 1) { // the shares of a leaf are rounded, and are to add up to 1
                parts = Arrays.stream(sums, at, at + outputs).sum();
            }
            for (int i = at; i < at + outputs; i++) {
                sums[i] = sums[i] / parts + offset;
            }
        }
        return sums;
    }

    @Override
    public Optional<double[]> importances() {
        return Optional.of(importances.clone());
    }

    @Override
    public Optional<Contributions> contributions(Matrix features) {
        return contributions(features, trees, 0, () -> {});
    }

    @Override
    public Optional<Contributions> roughContributions(Matrix features, Runnable check) {
        int count = Math.min(trees.size(), MOST_ROUGH_TREES);
        List<Tree> some = IntStream.range(0, count)
                .mapToObj(i -> trees.get((int) ((long) i * trees.size() / count)))
                .toList();
        return contributions(features, some, LEAST_PART, check);
    }

    /** Those of some of the trees, as if they were all; one after the other, as what is known of each takes as much memory. */
    private Optional<Contributions> contributions(Matrix features, List<Tree> used, double least, Runnable check) {
        if (used.stream().anyMatch(tree -> tree.weights().length == 0)) {
            return Optional.empty(); // kept before the weights of leaves were recorded
        }
        int outputs = used.get(0).outputs();
        int width = features.columns() + 1;
        double[] values = new double[features.rows() * outputs * width];
        double[][] sums = new double[features.rows()][outputs * width];
        for (Tree tree : used) {
            check.run();
            TreeShap shap = new TreeShap(tree, least);
            IntStream rows = IntStream.range(0, features.rows());
            (features.rows() > 1 ? rows.parallel() : rows).forEach(row -> shap.addTo(features, row, sums[row]));
        }
        for (int row = 0; row < features.rows(); row++) {
            double parts = outputs > 1 ? Arrays.stream(sums[row]).sum() : used.size(); // as of predictions
            for (int i = 0; i < sums[row].length; i++) {
                values[row * sums[row].length + i] = sums[row][i] / parts + (i % width == width - 1 ? offset : 0);
            }
        }
        return Optional.of(new Contributions(values, outputs, features.columns(), outputs > 1));
    }

    @Override
    public long stepsOfContributions() {
        return trees.stream().mapToLong(TreeShap::steps).sum();
    }

    @Override
    public boolean export(OnnxGraph graph) {
        int outputs = trees.get(0).outputs();
        OnnxTrees all = new OnnxTrees(false);
        for (int tree = 0; tree < trees.size(); tree++) {
            trees.get(tree).export(all, tree, 1.0 / trees.size());
        }
        double[] bases = new double[outputs];
        Arrays.fill(bases, offset);
        graph.trees(all, bases, false, false);
        return true;
    }

    @Override
    public void write(ObjectNode json) {
        json.put("outputs", trees.get(0).outputs());
        json.put("offset", offset);
        Packed.put(json, "importances", importances);
        ArrayNode all = json.putArray("trees");
        trees.forEach(tree -> tree.write(all.addObject()));
    }

    public static Forest read(JsonNode json) {
        int outputs = json.required("outputs").asInt();
        List<Tree> trees = new ArrayList<>();
        json.required("trees").forEach(tree -> trees.add(Tree.read(tree, outputs)));
        return new Forest(List.copyOf(trees), json.required("offset").asDouble(), Packed.doubles(json, "importances"));
    }
}
