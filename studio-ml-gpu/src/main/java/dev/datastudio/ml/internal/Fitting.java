package dev.datastudio.ml.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.evaluate.Evaluation.Learnt;
import dev.datastudio.ml.evaluate.internal.Scores;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.Preparer;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.prepare.internal.Splits;
import dev.datastudio.ml.prepare.internal.Target;
import dev.datastudio.ml.spec.ClassWeights;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fits preparation and model on rows of some data. Not thread-safe. */
final class Fitting {
    private static final int PART = 1_024;

    private final TrainingData data;
    private final TrainingSpec spec;
    private final Course course;

    /** @param spec whose algorithm and preparation are fitted, which need not be those of the data's spec */
    Fitting(TrainingData data, TrainingSpec spec, Course course) {
        this.data = data;
        this.spec = spec;
        this.course = course;
    }

    /** A model and how its features are made. */
    record Fitted(Preparer.Fit prepared, Model model) {}

    Fitted fit(Target train) {
        boolean holdsBack = Learners.stopsEarly(spec.algorithm());
        Splits.Parts parts = holdsBack
                ? Splits.random(train, spec.validation().share(), spec.seed() + 1)
                : new Splits.Parts(IntStream.range(0, train.rows().length).toArray(), new int[0]);
        Target learnt = holdsBack ? TrainingData.part(train, parts.train()) : train;
        course.at("preparing features", 0, learnt.rows().length, "rows");
        Preparer preparer = new Preparer(
                spec.preparation(),
                Learners.traits(spec.algorithm()),
                spec.seed(),
                data.table().room());
        preparer.embedBy(data.embedder());
        preparer.countJudged(
                Math.max(parts.test().length, data.test().rows().length)); // those held back go before the others come
        int outputs = learnt.isClasses() ? learnt.classes().size() : 1;
        preparer.leaveRoom(features -> Learners.beside(spec.algorithm(), features, outputs));
        Preparer.Fit prepared = preparer.fit(data.columns(), data.choosesFeatures(), learnt);
        Optional<Examples.Held> held =
                holdsBack ? Optional.of(held(TrainingData.part(train, parts.test()), prepared)) : Optional.empty();
        Examples examples = new Examples(
                prepared.train(),
                learnt.values(),
                weights(learnt),
                learnt.classes().size(),
                held,
                spec.seed());
        course.at("fitting " + spec.algorithm().name(), 0, 1, "models");
        return new Fitted(prepared, Learners.fit(spec.algorithm(), examples, course));
    }

    /** The main metric on each of some parts of the rows, learnt from the others. */
    List<Double> crossValidate(Target train, int count) {
        List<Double> scores = new ArrayList<>();
        int[] folds = Splits.folds(train, count, spec.seed());
        for (int fold = 0; fold < count; fold++) {
            course.at("cross-validating", fold, count, "folds");
            Splits.Parts parts = Splits.fold(folds, fold);
            Target judged = TrainingData.part(train, parts.test());
            Fitted fitted = new Fitting(data, spec, course.trial()).fit(TrainingData.part(train, parts.train()));
            try (Model model = fitted.model()) {
                scores.add(score(fitted, model, judged));
            }
        }
        return scores;
    }

    /**
     * How good it gets with more rows, all of them included. Points of too few rows to learn from are left out.
     *
     * @param train drawn from by chance, each class its share
     * @param whole what was fitted on all of them, which stays open
     * @param points at least 1
     */
    List<Learnt> learningCurve(Target train, Target test, Fitted whole, int points) {
        List<Learnt> curve = new ArrayList<>();
        for (int point = 1; point < points; point++) {
            course.at("drawing a learning curve", point - 1, points, "points");
            int[] some = Splits.random(train, point / (double) points, spec.seed() + 2)
                    .test();
            boolean isMore = some.length
                    > (curve.isEmpty() ? 0 : curve.get(curve.size() - 1).rows());
            if (isMore && some.length < train.rows().length) {
                learnt(TrainingData.part(train, some), test).ifPresent(curve::add);
            }
        }
        curve.add(learnt(whole, whole.model(), train, test));
        return curve;
    }

    /** Nothing where the rows are too few: a class is missing among them, or no column has two values. */
    private Optional<Learnt> learnt(Target some, Target test) {
        long classes = Arrays.stream(some.values()).distinct().count();
        if (some.isClasses() && classes < some.classes().size()) {
            return Optional.empty();
        }
        Fitted fitted;
        try {
            fitted = fit(some);
        } catch (StudioException e) {
            if (e.code() != ErrorCode.INVALID_ARGUMENT) {
                throw e;
            }
            return Optional.empty();
        }
        try (Model model = fitted.model()) {
            return Optional.of(learnt(fitted, model, some, test));
        }
    }

    private Learnt learnt(Fitted fitted, Model model, Target train, Target test) {
        return new Learnt(train.rows().length, score(fitted, model, train), score(fitted, model, test));
    }

    private double score(Fitted fitted, Model model, Target rows) {
        double[] told = predict(
                model, fitted.prepared().preparation().apply(data.table().rows(rows.rows())), course);
        return new Scores(rows.values(), told, data.train().classes().size()).main();
    }

    /** As the model's own, some rows at a time, so that it ends soon when it is cancelled: neighbours take long. */
    static double[] predict(Model model, Matrix features, Course course) {
        course.check();
        int all = features.rows();
        if (all <= PART) {
            return model.predict(features);
        }
        double[] told = new double[0];
        for (int from = 0; from < all; from += PART) {
            course.check();
            int to = Math.min(all, from + PART);
            double[] some =
                    model.predict(features.rows(IntStream.range(from, to).toArray()));
            int width = some.length / (to - from);
            if (from == 0) {
                told = new double[all * width];
            }
            System.arraycopy(some, 0, told, from * width, some.length);
        }
        return told;
    }

    private Examples.Held held(Target rows, Preparer.Fit prepared) {
        RawTable table = data.table().rows(rows.rows());
        return new Examples.Held(prepared.preparation().apply(table), rows.values());
    }

    private double[] weights(Target rows) {
        double[] weights = new double[rows.values().length];
        Arrays.fill(weights, 1);
        if (rows.isClasses() && spec.preparation().classWeights() == ClassWeights.BALANCED) {
            double[] counts = new double[rows.classes().size()];
            for (double label : rows.values()) {
                counts[(int) label]++;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = weights.length / (counts.length * counts[(int) rows.values()[i]]);
            }
        }
        return weights;
    }
}
