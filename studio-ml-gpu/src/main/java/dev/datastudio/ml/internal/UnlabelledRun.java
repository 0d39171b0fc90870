package dev.datastudio.ml.internal;

import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.MadeRows;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Model;
import dev.datastudio.ml.train.internal.network.Generator;
import dev.datastudio.ml.train.internal.network.Reconstructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Trains one model without a target and judges it on rows that it has not learnt from. */
final class UnlabelledRun {
    private static final int RESAMPLES = 200;

    private UnlabelledRun() {}

    static TrainingRun.Outcome of(TrainingData data, TrainingSpec spec, Course course) {
        Fitting.Fitted fitted = new Fitting(data, spec, course).fit(data.train());
        boolean isDone = false;
        try {
            TrainingRun.Outcome outcome = judged(data, spec, course, fitted);
            isDone = true;
            return outcome;
        } finally {
            if (!isDone) {
                fitted.model().close();
            }
        }
    }

    private static TrainingRun.Outcome judged(
            TrainingData data, TrainingSpec spec, Course course, Fitting.Fitted fitted) {
        FittedPreparation preparation = fitted.prepared().preparation();
        Matrix test = preparation.apply(data.table().rows(data.test().rows()));
        Model model = fitted.model();
        List<String> warnings = new ArrayList<>(data.warnings());
        warnings.addAll(fitted.prepared().warnings());
        course.check();
        if (model instanceof Reconstructor reconstructor) {
            KeptModel kept = new KeptModel(
                    preparation, List.of("usual", "unusual"), model, TrainingRun.snapshots(data, preparation));
            return new TrainingRun.Outcome(
                    spec,
                    kept,
                    reconstruction(reconstructor, test, spec.seed()),
                    warnings,
                    data.train().rows().length);
        }
        MadeRows.require(preparation);
        Evaluation evaluation = likeness((Generator) model, test, spec.seed());
        KeptModel kept = new KeptModel(preparation, List.of(), model, TrainingRun.snapshots(data, preparation));
        return new TrainingRun.Outcome(
                spec, kept, evaluation, warnings, data.train().rows().length);
    }

    /** Beside always making the mean row. */
    private static Evaluation reconstruction(Reconstructor model, Matrix test, long seed) {
        double[] errors = model.errors(test);
        double[] shares = model.predict(test);
        double[] flags = IntStream.range(0, errors.length)
                .mapToDouble(row -> shares[2 * row + 1] > 0.5 ? 1 : 0)
                .toArray();
        double[] plain = IntStream.range(0, test.rows())
                .mapToDouble(row -> Arrays.stream(test.row(row))
                        .map(value -> value * value)
                        .average()
                        .orElse(0))
                .toArray();
        return Evaluation.of(
                test.rows(),
                List.of(metric("reconstruction_error", errors, seed), metric("unusual_share", flags, seed)),
                List.of(metric("reconstruction_error", plain, seed)));
    }

    /** How far means and sizes of made rows are from those of rows that were not learnt, beside one row again and again. */
    private static Evaluation likeness(Generator model, Matrix test, long seed) {
        Matrix made = model.make(Math.max(1_000, test.rows()), seed);
        return Evaluation.of(
                test.rows(),
                List.of(
                        gap("mean_gap", test, made, UnlabelledRun::mean),
                        gap("size_gap", test, made, UnlabelledRun::size)),
                List.of(gap(
                        "size_gap",
                        test,
                        new Matrix(new double[test.columns()], 1, test.columns()),
                        UnlabelledRun::size)));
    }

    private static Metric gap(String name, Matrix test, Matrix made, ToDoubleFunction<double[]> of) {
        double sum = 0;
        for (int column = 0; column < test.columns(); column++) {
            sum += Math.abs(of.applyAsDouble(column(test, column)) - of.applyAsDouble(column(made, column)));
        }
        return new Metric(name, sum / test.columns(), Double.NaN, Double.NaN);
    }

    private static double[] column(Matrix matrix, int column) {
        return IntStream.range(0, matrix.rows())
                .mapToDouble(row -> matrix.at(row, column))
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double size(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
    }

    private static Metric metric(String name, double[] values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < values.length; j++) {
                means[i] += values[random.nextInt(values.length)] / values.length;
            }
        }
        Arrays.sort(means);
        return new Metric(name, mean(values), means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]);
    }
}
