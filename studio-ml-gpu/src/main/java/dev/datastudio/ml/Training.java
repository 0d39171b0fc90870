package dev.datastudio.ml;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.ml.internal.TrainingData;
import dev.datastudio.ml.internal.TrainingRun;
import dev.datastudio.ml.internal.Tuner;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.tune.Budget;
import dev.datastudio.ml.tune.Tuned;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * Trains models on data sets.
 *
 * <pre>{@code
 * TrainedModel model = Training.of(studio).train(sales, TrainingSpec.predicting("Profit"));
 * System.out.println(model.evaluation().metric("r2") + " beside " + model.evaluation().baseline("r2"));
 * }</pre>
 *
 * <p>A model is judged on rows that it has not learnt from, beside a baseline, and kept; {@link
 * dev.datastudio.ml.registry.Models} finds and uses it. Works as long as the studio is open. Thread-safe.
 */
public final class Training {
    private final Studio studio;
    private final Caller caller;

    private Training(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /** On behalf of the studio's own caller. */
    public static Training of(Studio studio) {
        return new Training(studio, studio.caller());
    }

    /** On behalf of another caller, such as the user of a request. */
    public Training as(Caller who) {
        return new Training(studio, Objects.requireNonNull(who, "who"));
    }

    /** As {@link #train(Dataset, TrainingSpec, TrainingOptions)}, with {@link TrainingOptions#DEFAULT}. */
    public TrainedModel train(Dataset dataset, TrainingSpec spec) {
        return train(dataset, spec, TrainingOptions.DEFAULT);
    }

    /**
     * Trains a model, judges it and keeps it. Blocks until that is done.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN}; {@link ErrorCode#INVALID_ARGUMENT} when the target
     *     can't be learnt or the algorithm can't do the task; {@link ErrorCode#LIMIT_EXCEEDED} when the data does not fit
     *     the memory; {@link ErrorCode#CANCELLED}; or a {@code STORAGE_…} code. Nothing is kept then
     */
    public TrainedModel train(Dataset dataset, TrainingSpec spec, TrainingOptions options) {
        return train(newId(), dataset, spec, options);
    }

    /** As the public one, with the id that the model gets. */
    TrainedModel train(String id, Dataset dataset, TrainingSpec spec, TrainingOptions options) {
        Activity activity = Activity.of(caller, "model.train")
                .about(dataset.id())
                .with("algorithm", spec.algorithm().name())
                .with("target", spec.target());
        return studio.activities()
                .watching(
                        activity,
                        () -> trained(id, dataset, spec, options),
                        (told, model) -> told.with("model", model.id()).with("name", model.name()));
    }

    /** As {@link #best(Dataset, TrainingSpec, Budget, TrainingOptions)}, of all columns that can tell something. */
    public Tuned best(Dataset dataset, String target, Budget budget) {
        return best(dataset, TrainingSpec.predicting(target), budget, TrainingOptions.DEFAULT);
    }

    /**
     * Looks for a good algorithm and its parameters within a budget, by cross-validation of the training rows, then trains
     * by the best, judges it on rows that took no part in the search, and keeps it. The time of a machine decides how
     * much is tried, so another run may find another one; the spec that was found gives the same model again. A small
     * multilayer perceptron is among what is tried when the budget has ten seconds and PyTorch is there.
     *
     * @param spec whose algorithm does not matter
     * @throws StudioException as {@link #train(Dataset, TrainingSpec, TrainingOptions)}; {@link ErrorCode#LIMIT_EXCEEDED}
     *     also when the budget was too short for any model
     */
    public Tuned best(Dataset dataset, TrainingSpec spec, Budget budget, TrainingOptions options) {
        return best(newId(), dataset, spec, budget, options);
    }

    /** As the public one, with the id that the model gets. */
    Tuned best(String id, Dataset dataset, TrainingSpec spec, Budget budget, TrainingOptions options) {
        Activity activity =
                Activity.of(caller, "model.tune").about(dataset.id()).with("target", spec.target());
        return studio.activities()
                .watching(
                        activity,
                        () -> {
                            requireTarget(spec);
                            Instant begin = studio.clock().instant();
                            TrainingData data = TrainingData.read(studio, caller, dataset, spec, options);
                            Tuner tuner = new Tuner(data, budget, options);
                            TrainingSpec best = data.spec().with(tuner.best());
                            return new Tuned(kept(id, dataset, data, best, options, begin), tuner.tries());
                        },
                        (told, tuned) -> told.with("model", tuned.model().id())
                                .with("tries", tuned.tries().size()));
    }

    /** The best is looked for among algorithms that predict something. */
    static void requireTarget(TrainingSpec spec) {
        if (!spec.algorithm().needsTarget()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The best model can't be looked for without a target, as the "
                            + spec.algorithm().name() + " of the spec learns",
                    "Name a target with an algorithm that predicts it, or train that algorithm without looking for the"
                            + " best");
        }
    }

    private TrainedModel trained(String id, Dataset dataset, TrainingSpec spec, TrainingOptions options) {
        Instant begin = studio.clock().instant();
        TrainingData data = TrainingData.read(studio, caller, dataset, spec, options);
        return kept(id, dataset, data, data.spec(), options, begin);
    }

    private TrainedModel kept(
            String id, Dataset dataset, TrainingData data, TrainingSpec spec, TrainingOptions options, Instant begin) {
        Course course = new Course(
                options.cancellation(),
                options.progress(),
                options.limits().threadsHere(),
                options.checkpoints(),
                options.epochs());
        TrainingRun.Outcome outcome = TrainingRun.of(data, spec, course);
        try (KeptModel kept = outcome.model()) {
            options.cancellation().throwIfCancelled();
            byte[] content = kept.write();
            ModelStore store = new ModelStore(studio, caller);
            String name = options.name().isBlank()
                    ? shortened(dataset.name() + ": "
                            + (outcome.spec().target().isEmpty()
                                    ? outcome.spec().algorithm().name()
                                    : outcome.spec().target()))
                    : options.name().strip();
            Instant end = studio.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            TrainedModel model = new TrainedModel(
                    id,
                    caller,
                    name,
                    store.nextVersion(name),
                    options.description(),
                    new ModelSource.Trained(
                            outcome.spec(),
                            new TrainedModel.Data(
                                    dataset.id().toString(),
                                    dataset.name(),
                                    dataset.version(),
                                    dataset.contentHash(),
                                    outcome.trainRows()),
                            course.device(),
                            Duration.ofMillis(Duration.between(begin, end).toMillis()),
                            course.history()),
                    kept.signature(outcome.spec().task(), outcome.spec().target()),
                    outcome.warnings(),
                    outcome.evaluation(),
                    content.length,
                    end);
            store.save(model, content);
            return model;
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static String shortened(String name) {
        return name.length() <= TrainingOptions.MAX_NAME ? name : name.substring(0, TrainingOptions.MAX_NAME);
    }
}
