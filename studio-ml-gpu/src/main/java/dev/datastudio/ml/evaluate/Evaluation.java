package dev.datastudio.ml.evaluate;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * How good a model is. Immutable.
 *
 * @param rows how many rows it was judged on: none of which a trained model has learnt from, all of them where groups,
 *     directions or an isolation forest were looked for; 0 when it was not judged
 * @param numbers that say how good it is
 * @param curves that show it
 * @param importances of the columns, the greatest first
 * @param learningCurve how good the same spec is on fewer training rows, the fewest first; empty when nobody asked
 */
public record Evaluation(
        long rows, Numbers numbers, Curves curves, List<Importance> importances, List<Learnt> learningCurve) {
    /** Of a model that was not judged, such as one that comes from elsewhere. */
    public static final Evaluation NONE = of(0, List.of(), List.of());

    public Evaluation {
        Objects.requireNonNull(numbers, "numbers");
        Objects.requireNonNull(curves, "curves");
        importances = List.copyOf(importances);
        learningCurve = List.copyOf(learningCurve);
    }

    /** One of numbers only; the baseline need not have all of them. */
    public static Evaluation of(long rows, List<Metric> metrics, List<Metric> baseline) {
        return new Evaluation(rows, new Numbers(metrics, baseline, List.of()), Curves.NONE, List.of(), List.of());
    }

    /**
     * Numbers that say how good a model is. Immutable.
     *
     * @param metrics of the model, the main one first; empty when it was not judged
     * @param baseline the same metrics of always saying the most frequent class, or the mean; without those that say
     *     nothing of it
     * @param folds the main metric in each fold of a cross-validation of the training rows; empty when there was none
     */
    public record Numbers(List<Metric> metrics, List<Metric> baseline, List<Double> folds) {
        public Numbers {
            metrics = List.copyOf(metrics);
            baseline = List.copyOf(baseline);
            folds = List.copyOf(folds);
        }
    }

    /**
     * What is drawn of a model; what does not apply is empty. Immutable.
     *
     * @param confusion rows by true class and predicted class, in the order of the model's classes; empty for numbers
     * @param roc false and true positive rates, from 0 to 1; of two classes only
     * @param precisionRecall recall and precision; of two classes only
     * @param calibration predicted share of the second class and how often it was so, in ten parts; of two classes only
     * @param residuals predicted and true number, of at most 500 rows
     */
    public record Curves(
            List<List<Long>> confusion,
            List<Point> roc,
            List<Point> precisionRecall,
            List<Point> calibration,
            List<Point> residuals) {
        /** None of them. */
        public static final Curves NONE = new Curves(List.of(), List.of(), List.of(), List.of(), List.of());

        public Curves {
            confusion = confusion.stream().map(List::copyOf).toList();
            roc = List.copyOf(roc);
            precisionRecall = List.copyOf(precisionRecall);
            calibration = List.copyOf(calibration);
            residuals = List.copyOf(residuals);
        }
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

    /** With other importances. */
    public Evaluation with(List<Importance> others) {
        return new Evaluation(rows, numbers, curves, others, learningCurve);
    }

    /** With a learning curve. */
    public Evaluation withLearningCurve(List<Learnt> curve) {
        return new Evaluation(rows, numbers, curves, importances, curve);
    }

    /** The metrics of the model, the main one first; empty when it was not judged. */
    public List<Metric> metrics() {
        return numbers.metrics();
    }

    /** The metrics of the baseline. */
    public List<Metric> baseline() {
        return numbers.baseline();
    }

    /** The main metric in each fold of a cross-validation; empty when there was none. */
    public List<Double> folds() {
        return numbers.folds();
    }

    /** As {@link Curves#confusion()}. */
    public List<List<Long>> confusion() {
        return curves.confusion();
    }

    /** As {@link Curves#roc()}. */
    public List<Point> roc() {
        return curves.roc();
    }

    /** As {@link Curves#precisionRecall()}. */
    public List<Point> precisionRecall() {
        return curves.precisionRecall();
    }

    /** As {@link Curves#calibration()}. */
    public List<Point> calibration() {
        return curves.calibration();
    }

    /** As {@link Curves#residuals()}. */
    public List<Point> residuals() {
        return curves.residuals();
    }

    /** The metric that models are ranked by; empty when it was not judged. */
    public Optional<Metric> main() {
        return metrics().stream().findFirst();
    }

    /**
     * A metric of the model.
     *
     * @throws NoSuchElementException if it has none of that name
     */
    public Metric metric(String name) {
        return find(metrics(), name).orElseThrow(() -> missing(metrics(), name));
    }

    /**
     * The same metric of the baseline; NaN where it has no such number.
     *
     * @throws NoSuchElementException if there is none of that name; {@link #beside} asks whether there is
     */
    public Metric baseline(String name) {
        return beside(name).orElseThrow(() -> missing(baseline(), name));
    }

    /** The same metric of the baseline; empty where it would say nothing, such as how well rows lie in groups. */
    public Optional<Metric> beside(String name) {
        return find(baseline(), name);
    }

    private static Optional<Metric> find(List<Metric> metrics, String name) {
        Objects.requireNonNull(name, "name");
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    private static NoSuchElementException missing(List<Metric> metrics, String name) {
        return new NoSuchElementException("No metric " + name + " among "
                + metrics.stream().map(Metric::name).toList());
    }
}
