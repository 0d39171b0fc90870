package dev.datastudio.ml.evaluate;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * How good a model is. Immutable.
 *
 * @param rows how many rows it was judged on, none of which it has learnt from
 * @param metrics of the model, the main one first
 * @param baseline the same metrics of always saying the most frequent class, or the mean
 * @param folds the main metric in each fold of a cross-validation of the training rows; empty when there was none
 * @param confusion rows by true class and predicted class, in the order of the model's classes; empty for numbers
 * @param roc false and true positive rates, from 0 to 1; of two classes only
 * @param precisionRecall recall and precision; of two classes only
 * @param calibration predicted share of the second class and how often it was so, in ten parts; of two classes only
 * @param residuals predicted and true number, of at most 500 rows
 * @param importances of the columns, the greatest first
 * @param learningCurve how good the same spec is on fewer training rows, the fewest first; empty when nobody asked
 */
public record Evaluation(
        long rows,
        List<Metric> metrics,
        List<Metric> baseline,
        List<Double> folds,
        List<List<Long>> confusion,
        List<Point> roc,
        List<Point> precisionRecall,
        List<Point> calibration,
        List<Point> residuals,
        List<Importance> importances,
        List<Learnt> learningCurve) {
    public Evaluation {
        metrics = List.copyOf(metrics);
        baseline = List.copyOf(baseline);
        folds = List.copyOf(folds);
        confusion = confusion.stream().map(List::copyOf).toList();
        roc = List.copyOf(roc);
        precisionRecall = List.copyOf(precisionRecall);
        calibration = List.copyOf(calibration);
        residuals = List.copyOf(residuals);
        importances = List.copyOf(importances);
        learningCurve = List.copyOf(learningCurve);
    }

    /** One without a learning curve. */
    public Evaluation(
            long rows,
            List<Metric> metrics,
            List<Metric> baseline,
            List<Double> folds,
            List<List<Long>> confusion,
            List<Point> roc,
            List<Point> precisionRecall,
            List<Point> calibration,
            List<Point> residuals,
            List<Importance> importances) {
        this(
                rows,
                metrics,
                baseline,
                folds,
                confusion,
                roc,
                precisionRecall,
                calibration,
                residuals,
                importances,
                List.of());
    }

    /** With other importances. */
    public Evaluation with(List<Importance> others) {
        return new Evaluation(
                rows,
                metrics,
                baseline,
                folds,
                confusion,
                roc,
                precisionRecall,
                calibration,
                residuals,
                others,
                learningCurve);
    }

    /** With a learning curve. */
    public Evaluation withLearningCurve(List<Learnt> curve) {
        return new Evaluation(
                rows,
                metrics,
                baseline,
                folds,
                confusion,
                roc,
                precisionRecall,
                calibration,
                residuals,
                importances,
                curve);
    }

    /**
     * A point of a learning curve.
     *
     * @param rows that were learnt from
     * @param train the main metric on those rows; close to perfect where a model learns rows by heart
     * @param test the main metric on the test rows
     */
    public record Learnt(long rows, double train, double test) {}

    /** A point of a curve. */
    public record Point(double x, double y) {}

    /**
     * A metric of the model.
     *
     * @throws NoSuchElementException if it has none of that name
     */
    public Metric metric(String name) {
        return find(metrics, name);
    }

    /**
     * The same metric of the baseline; NaN where it has no such number.
     *
     * @throws NoSuchElementException if there is none of that name
     */
    public Metric baseline(String name) {
        boolean hasNone = baseline.stream().noneMatch(each -> each.name().equals(name));
        return hasNone && metrics.stream().anyMatch(each -> each.name().equals(name))
                ? new Metric(name, Double.NaN, Double.NaN, Double.NaN)
                : find(baseline, name);
    }

    private static Metric find(List<Metric> metrics, String name) {
        Objects.requireNonNull(name, "name");
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("No metric " + name + " among "
                        + metrics.stream().map(Metric::name).toList()));
    }
}
