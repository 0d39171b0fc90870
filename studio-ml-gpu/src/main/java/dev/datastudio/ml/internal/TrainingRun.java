package dev.datastudio.ml.internal;

import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.internal.Evaluator;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.Course;
import dev.datastudio.ml.train.internal.Learners;
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
    public static Outcome of(TrainingData data, TrainingSpec asked, Course course) {
        TrainingSpec spec = asked.with(Learners.reading(asked.algorithm(), data.columns()));
        Learners.require(spec.algorithm(), spec.task());
        if (!spec.algorithm().needsTarget()) {
            return UnlabelledRun.of(data, spec, course);
        }
        Fitting fitting = new Fitting(data, spec, course);
        List<Double> folds = spec.validation().folds() < 2
                ? List.of()
                : fitting.crossValidate(data.train(), spec.validation().folds());
        Fitting.Fitted fitted = fitting.fit(data.train());
        List<String> warnings = new ArrayList<>(data.warnings());
        warnings.addAll(fitted.prepared().warnings());
        course.check();
        FittedPreparation preparation = fitted.prepared().preparation();
        Evaluation evaluation = Evaluator.evaluate(
                preparation.apply(data.table().rows(data.test().rows())),
                data.test().values(),
                data.train().classes().size(),
                fitted.model()::predict,
                preparation.sources(),
                data.train().values(),
                folds,
                spec.seed());
        KeptModel kept = new KeptModel(preparation, data.train().classes(), fitted.model());
        return new Outcome(spec, kept, evaluation, warnings, data.train().rows().length);
    }
}
