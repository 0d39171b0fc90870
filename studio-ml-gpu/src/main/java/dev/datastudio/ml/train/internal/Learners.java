package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.Autoencoder;
import dev.datastudio.ml.algorithm.ConvolutionalNetwork;
import dev.datastudio.ml.algorithm.CustomNetwork;
import dev.datastudio.ml.algorithm.DecisionTree;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.GenerativeNetwork;
import dev.datastudio.ml.algorithm.GradientBoosting;
import dev.datastudio.ml.algorithm.InputKind;
import dev.datastudio.ml.algorithm.LinearRegression;
import dev.datastudio.ml.algorithm.LogisticRegression;
import dev.datastudio.ml.algorithm.NearestNeighbours;
import dev.datastudio.ml.algorithm.RandomForest;
import dev.datastudio.ml.algorithm.ResidualNetwork;
import dev.datastudio.ml.algorithm.SupportVectorMachine;
import dev.datastudio.ml.algorithm.XgBoost;
import dev.datastudio.ml.prepare.internal.OrderedInputs;
import dev.datastudio.ml.prepare.internal.Preparer;
import dev.datastudio.ml.prepare.internal.Preparer.Traits;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.linear.Linear;
import dev.datastudio.ml.train.internal.linear.Logistic;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.network.Footprint;
import dev.datastudio.ml.train.internal.network.Generator;
import dev.datastudio.ml.train.internal.network.Network;
import dev.datastudio.ml.train.internal.network.NetworkTraining;
import dev.datastudio.ml.train.internal.network.Reconstructor;
import dev.datastudio.ml.train.internal.network.Torch;
import dev.datastudio.ml.train.internal.tree.Boosted;
import dev.datastudio.ml.train.internal.tree.Forest;
import dev.datastudio.ml.train.internal.tree.Isolated;
import java.util.List;

/** What learns for each algorithm. */
public final class Learners {
    private static final String KIND = "kind";

    private Learners() {}

    /**
     * Refuses an algorithm that can't do a task.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}
     */
    public static void require(Algorithm algorithm, Task task) {
        if (algorithm instanceof LinearRegression && task == Task.CLASSIFICATION) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A linear regression predicts numbers, and the target has classes",
                    "Use logistic_regression, or name a column of numbers");
        }
        if (algorithm instanceof LogisticRegression && task == Task.REGRESSION) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A logistic regression predicts classes, and the target has numbers",
                    "Use linear_regression, or name a column of classes");
        }
    }

    /** Whether networks can be trained here: PyTorch's native library is there. */
    public static boolean hasNetworks() {
        return Torch.isThere();
    }

    /** What an algorithm does best with. */
    public static Traits traits(Algorithm algorithm) {
        boolean isTree = algorithm instanceof DecisionTree
                || algorithm instanceof RandomForest
                || algorithm instanceof GradientBoosting
                || algorithm instanceof XgBoost;
        return algorithm instanceof DeepAlgorithm deep
                ? new Traits(false, true, deep.reading(), deep instanceof GenerativeNetwork)
                : new Traits(isTree, !isTree);
    }

    /**
     * Those of some columns that an algorithm reads where nobody named its features: of one that sees an order in them a
     * picture, a text or the numbers, of others all.
     */
    public static List<RawColumn> readable(Algorithm algorithm, List<RawColumn> columns) {
        if (!(algorithm instanceof DeepAlgorithm deep)
                || deep.reading().input() == InputKind.TABLE
                || (deep instanceof CustomNetwork && deep.reading().input() == InputKind.AUTOMATIC)) {
            return columns;
        }
        boolean readsPictures = deep instanceof ConvolutionalNetwork || deep instanceof ResidualNetwork;
        return OrderedInputs.choose(columns, deep.reading().input(), readsPictures);
    }

    /** The same algorithm with what was found out of how it reads the columns of the features. */
    public static Algorithm reading(Algorithm algorithm, List<RawColumn> columns) {
        if (!(algorithm instanceof DeepAlgorithm deep) || deep.reading().input() != InputKind.AUTOMATIC) {
            return algorithm;
        }
        InputKind otherwise = deep instanceof CustomNetwork ? InputKind.TABLE : InputKind.STEPS;
        return deep.reading(deep.reading().of(OrderedInputs.kind(columns, otherwise)));
    }

    /** Whether rows are held back to tell when to stop. */
    public static boolean stopsEarly(Algorithm algorithm) {
        return (algorithm instanceof GradientBoosting boosting && boosting.patience() > 0)
                || (algorithm instanceof XgBoost boost && boost.patience() > 0)
                || algorithm instanceof DeepAlgorithm;
    }

    /**
     * What a training takes beside the features, told before they are made.
     *
     * @param features how many a row has
     * @param outputs how many numbers a prediction has
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when its layers can't read such rows
     */
    public static Preparer.Beside beside(Algorithm algorithm, int features, int outputs) {
        if (!(algorithm instanceof DeepAlgorithm deep)) {
            return Preparer.Beside.NOTHING;
        }
        Footprint footprint = Footprint.of(deep, features, outputs);
        int batch = deep.descent().batch();
        return new Preparer.Beside(footprint.bytes(batch), footprint.told(batch));
    }

    /**
     * Learns.
     *
     * @throws StudioException with {@link ErrorCode#CANCELLED}
     */
    public static Model fit(Algorithm algorithm, Examples examples, Course course) {
        if (algorithm instanceof LinearRegression spec) {
            return Linear.fit(spec, examples, course);
        }
        if (algorithm instanceof LogisticRegression spec) {
            return Logistic.fit(spec, examples, course);
        }
        if (algorithm instanceof DecisionTree spec) {
            return Forest.fit(spec, examples, course);
        }
        if (algorithm instanceof RandomForest spec) {
            return Forest.fit(spec, examples, course);
        }
        if (algorithm instanceof NearestNeighbours spec) {
            return Neighbours.fit(spec, examples);
        }
        if (algorithm instanceof SupportVectorMachine spec) {
            return Svm.fit(spec, examples, course);
        }
        if (algorithm instanceof GradientBoosting spec) {
            return Boosted.fit(spec, examples, course);
        }
        if (algorithm instanceof XgBoost spec) {
            return Boosted.fit(spec, examples, course);
        }
        if (algorithm instanceof Autoencoder spec) {
            return Reconstructor.fit(spec, examples, course);
        }
        if (algorithm instanceof GenerativeNetwork spec) {
            return Generator.fit(spec, examples, course);
        }
        if (algorithm instanceof DeepAlgorithm spec) {
            return NetworkTraining.fit(spec, examples, course);
        }
        throw new AssertionError(algorithm);
    }

    /** Writes a model with its kind. */
    public static void write(Model model, ObjectNode json) {
        json.put(KIND, model.getClass().getSimpleName());
        model.write(json);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws RuntimeException if it is something else
     */
    public static Model read(JsonNode json) {
        String kind = json.required(KIND).asText();
        return switch (kind) {
            case "Linear" -> Linear.read(json);
            case "Logistic" -> Logistic.read(json);
            case "Forest" -> Forest.read(json);
            case "Neighbours" -> Neighbours.read(json);
            case "Svm" -> Svm.read(json);
            case "Boosted" -> Boosted.read(json);
            case "Network" -> Network.read(json);
            case "Reconstructor" -> Reconstructor.read(json);
            case "Generator" -> Generator.read(json);
            case "Imported" -> Imported.read(json);
            case "Grouped" -> Grouped.read(json);
            case "Projected" -> Projected.read(json);
            case "Isolated" -> Isolated.read(json);
            default -> throw new IllegalArgumentException("no kind of model is " + kind);
        };
    }
}
