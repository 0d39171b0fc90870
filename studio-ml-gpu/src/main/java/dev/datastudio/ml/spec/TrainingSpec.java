package dev.datastudio.ml.spec;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.RandomForest;
import java.util.List;
import java.util.Objects;

/**
 * Everything that decides what model comes of a data set: the same spec and data give the same model. Immutable.
 *
 * @param task what is predicted
 * @param target the column that is predicted; empty for an algorithm that needs none
 * @param features the columns that it is predicted from, without the target; empty for all that can tell something
 * @param algorithm what is trained
 * @param preparation how columns become numbers
 * @param split which rows the model is judged on
 * @param validation how choices are judged while training
 * @param seed of everything that is drawn by chance
 */
public record TrainingSpec(
        Task task,
        String target,
        List<String> features,
        Algorithm algorithm,
        Preparation preparation,
        Split split,
        Validation validation,
        long seed) {
    /** The seed when none is said. */
    public static final long DEFAULT_SEED = 42;

    /**
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if there is no target, it is also a feature, or a
     *     validation needs one
     */
    public TrainingSpec {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(preparation, "preparation");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(validation, "validation");
        features = List.copyOf(features);
        if (target.isBlank() != !algorithm.needsTarget()) {
            if (!target.isBlank()) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The algorithm " + algorithm.name() + " learns without a target, and "
                                + StudioException.quote(target) + " was named",
                        "Leave the target out; name the columns that it learns among the features");
            }
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no target", "Name the column that is to be predicted");
        }
        if (target.isBlank() && (validation.folds() > 0 || validation.curvePoints() > 0)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Without a target there is no " + (validation.folds() > 0 ? "cross-validation" : "learning curve")
                            + ": nothing is predicted that could be judged",
                    "Leave the folds and the points of the learning curve at 0");
        }
        if (features.stream().anyMatch(target::equalsIgnoreCase)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The target " + StudioException.quote(target) + " is also one of the features",
                    "Leave it out of the features: it is what is to be predicted");
        }
    }

    /** A random forest with its defaults, of all columns that can tell something. */
    public static TrainingSpec predicting(String target) {
        return new TrainingSpec(
                Task.AUTOMATIC,
                target,
                List.of(),
                RandomForest.DEFAULT,
                Preparation.DEFAULT,
                Split.DEFAULT,
                Validation.DEFAULT,
                DEFAULT_SEED);
    }

    /**
     * What rows are like, from all columns that can tell something.
     *
     * @param algorithm one that needs no target
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if it needs one
     */
    public static TrainingSpec without(Algorithm algorithm) {
        return new TrainingSpec(
                Task.AUTOMATIC,
                "",
                List.of(),
                algorithm,
                Preparation.DEFAULT,
                Split.DEFAULT,
                Validation.DEFAULT,
                DEFAULT_SEED);
    }

    /** With another task. */
    public TrainingSpec as(Task other) {
        return new TrainingSpec(other, target, features, algorithm, preparation, split, validation, seed);
    }

    /** From these columns only. */
    public TrainingSpec from(List<String> columns) {
        return new TrainingSpec(task, target, columns, algorithm, preparation, split, validation, seed);
    }

    /** From these columns only. */
    public TrainingSpec from(String... columns) {
        return from(List.of(columns));
    }

    /** With another algorithm. */
    public TrainingSpec with(Algorithm other) {
        return new TrainingSpec(task, target, features, other, preparation, split, validation, seed);
    }

    /** With another preparation. */
    public TrainingSpec with(Preparation other) {
        return new TrainingSpec(task, target, features, algorithm, other, split, validation, seed);
    }

    /** With another split. */
    public TrainingSpec with(Split other) {
        return new TrainingSpec(task, target, features, algorithm, preparation, other, validation, seed);
    }

    /** With another validation. */
    public TrainingSpec with(Validation other) {
        return new TrainingSpec(task, target, features, algorithm, preparation, split, other, seed);
    }

    /** With another seed. */
    public TrainingSpec seeded(long other) {
        return new TrainingSpec(task, target, features, algorithm, preparation, split, validation, other);
    }
}
