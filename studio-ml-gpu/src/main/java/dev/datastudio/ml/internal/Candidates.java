package dev.datastudio.ml.internal;

import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.DecisionTree;
import dev.datastudio.ml.algorithm.FeatureSampling;
import dev.datastudio.ml.algorithm.GradientBoosting;
import dev.datastudio.ml.algorithm.LinearRegression;
import dev.datastudio.ml.algorithm.LogisticRegression;
import dev.datastudio.ml.algorithm.MultilayerPerceptron;
import dev.datastudio.ml.algorithm.NearestNeighbours;
import dev.datastudio.ml.algorithm.NeighbourWeight;
import dev.datastudio.ml.algorithm.Penalty;
import dev.datastudio.ml.algorithm.RandomForest;
import dev.datastudio.ml.algorithm.SupportVectorMachine;
import dev.datastudio.ml.algorithm.XgBoost;
import dev.datastudio.ml.spec.Task;
import java.util.List;
import java.util.SplittableRandom;

/** Algorithms that are worth a try, and variants of them with parameters drawn where they usually matter. */
final class Candidates {
    private Candidates() {}

    /** With their defaults, the simplest first. */
    static List<Algorithm> first(Task task) {
        Algorithm linear = task == Task.CLASSIFICATION ? LogisticRegression.DEFAULT : LinearRegression.DEFAULT;
        return List.of(
                linear,
                DecisionTree.DEFAULT.with("minLeaf", 5),
                RandomForest.DEFAULT,
                XgBoost.DEFAULT,
                GradientBoosting.DEFAULT,
                NearestNeighbours.DEFAULT,
                SupportVectorMachine.DEFAULT);
    }

    /** A small network, which ends early; it takes longer than the others and is worth it where they leave much over. */
    static Algorithm network() {
        return MultilayerPerceptron.DEFAULT
                .with("hidden", "64,32")
                .with("epochs", 100)
                .with("batch", 64)
                .with("learningRate", 0.003);
    }

    /** The same kind with other parameters. */
    static Algorithm variant(Algorithm algorithm, SplittableRandom random) {
        if (algorithm instanceof LinearRegression) {
            Penalty[] penalties = {Penalty.RIDGE, Penalty.LASSO, Penalty.ELASTIC_NET};
            return new LinearRegression(one(random, penalties), between(random, 1e-4, 1), 0.5);
        }
        if (algorithm instanceof LogisticRegression) {
            return LogisticRegression.DEFAULT.with("regularization", between(random, 0.01, 100));
        }
        if (algorithm instanceof DecisionTree) {
            return new DecisionTree(one(random, 4, 6, 8, 12, 20), one(random, 2, 5, 10, 20, 50));
        }
        if (algorithm instanceof RandomForest) {
            return new RandomForest(
                    one(random, 100, 200, 300), 64, one(random, 1, 2, 5, 10), one(random, FeatureSampling.values()));
        }
        if (algorithm instanceof NearestNeighbours) {
            return new NearestNeighbours(one(random, 3, 5, 9, 15, 25, 50), one(random, NeighbourWeight.values()));
        }
        if (algorithm instanceof SupportVectorMachine svm) {
            return svm.with("cost", between(random, 0.1, 100)).with("gamma", between(random, 1e-3, 1));
        }
        if (algorithm instanceof GradientBoosting) {
            return new GradientBoosting(
                    one(random, 100, 200, 400),
                    between(random, 0.02, 0.3),
                    one(random, 7, 15, 31, 63),
                    one(random, 5, 10, 20, 50),
                    GradientBoosting.DEFAULT.bins(),
                    0);
        }
        if (algorithm instanceof XgBoost) {
            return new XgBoost(
                    one(random, 100, 200, 400),
                    between(random, 0.02, 0.3),
                    one(random, 3, 4, 6, 8, 10),
                    one(random, 0.6, 0.8, 1.0),
                    one(random, 0.5, 0.8, 1.0),
                    between(random, 0.1, 10),
                    0);
        }
        if (algorithm instanceof MultilayerPerceptron) {
            return network()
                    .with("hidden", one(random, "32", "64", "64,32", "128,64", "64,64,32"))
                    .with("dropout", one(random, 0.0, 0.1, 0.3))
                    .with("batch", one(random, 32, 64, 128))
                    .with("learningRate", between(random, 3e-4, 1e-2));
        }
        throw new AssertionError(algorithm);
    }

    @SafeVarargs
    private static <T> T one(SplittableRandom random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** As often below the geometric middle as above it. */
    private static double between(SplittableRandom random, double low, double high) {
        return low * Math.exp(random.nextDouble() * Math.log(high / low));
    }
}
