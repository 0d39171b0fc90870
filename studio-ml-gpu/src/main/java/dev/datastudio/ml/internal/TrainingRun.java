package dev.datastudio.ml.internal;

import dev.datastudio.ml.drift.internal.Snapshot;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.internal.Evaluator;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Course;
import java.util.ArrayList;
import java.util.List;

/** Trains one model and judges it. */
public final class TrainingRun {
    private TrainingRun() {}

    /**
     * What came of it.
     *
     * @param spec with the task and the names of columns as they are
     * @param trainRows how many rows were learnt from
     */
    public record Outcome(
            TrainingSpec spec, KeptModel model, Evaluation evaluation, List<String> warnings, long trainRows) {
        public Outcome {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Trains and judges.
     *
     * @param asked whose algorithm and preparation are used, which need not be those of the data's spec
     */
    public static Outcome of(TrainingData all, TrainingSpec asked, Course course) {
        TrainingData data = all.readBy(asked.algorithm());
        TrainingSpec spec =
                asked.from(data.spec().features()).with(Learners.reading(asked.algorithm(), data.columns()));
        Learners.require(spec.algorithm(), spec.task());
        if (!spec.algorithm().needsTarget()) {
            return UnlabelledRun.of(data, spec, course);
        }
        Fitting fitting = new Fitting(data, spec, course);
        List<Double> folds = spec.validation().folds() < 2
                ? List.of()
                : fitting.crossValidate(data.train(), spec.validation().folds());
        Fitting.Fitted fitted = fitting.fit(data.train());
        boolean isDone = false;
        try {
            Outcome outcome = judged(data, spec, course, fitting, fitted, folds);
            isDone = true;
            return outcome;
        } finally {
            if (!isDone) {
                fitted.model().close();
            }
        }
    }

    private static Outcome judged(
            TrainingData data,
            TrainingSpec spec,
            Course course,
            Fitting fitting,
            Fitting.Fitted fitted,
            List<Double> folds) {
        List<String> warnings = new ArrayList<>(data.warnings());
        warnings.addAll(fitted.prepared().warnings());
        course.at("judging", 0, 1, "models");
        FittedPreparation preparation = fitted.prepared().preparation();
        Matrix test = preparation.apply(data.table().rows(data.test().rows()));
        Evaluation evaluation = Evaluator.evaluate(
                test,
                data.test().values(),
                data.train().classes().size(),
                features -> Fitting.predict(fitted.model(), features, course),
                preparation.sources(),
                data.train().values(),
                folds,
                spec.seed());
        course.check();
        evaluation = Attributions.added(evaluation, fitted.model(), test, preparation.sources(), course::check);
        if (spec.validation().curvePoints() > 0) {
            evaluation = evaluation.withLearningCurve(fitting.learningCurve(
                    data.train(), data.test(), fitted, spec.validation().curvePoints()));
        }
        warnings.addAll(Doubts.of(evaluation, data.train(), data.test()));
        KeptModel kept =
                new KeptModel(preparation, data.train().classes(), fitted.model(), snapshots(data, preparation));
        return new Outcome(spec, kept, evaluation, warnings, data.train().rows().length);
    }

    /** What the columns of the rows that are learnt look like. */
    static List<Snapshot> snapshots(TrainingData data, FittedPreparation preparation) {
        return preparation.columns().keySet().stream()
                .map(name -> data.table().column(name).rows(data.train().rows()))
                .map(Snapshot::of)
                .toList();
    }
}
