package dev.datastudio.ml.evaluate.internal;

import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.prepare.internal.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Judges a model on test rows. */
public final class Evaluator {
    private static final int RESAMPLES = 200;
    private static final int MOST_SHUFFLED_ROWS = 2_000;

    private Evaluator() {}

    /**
     * Judges.
     *
     * @param predict gives the predictions of rows of features
     * @param sources the columns that each feature is made of
     * @param train labels of the training rows, for the baseline
     * @param folds the main metric of each fold of a cross-validation
     */
    public static Evaluation evaluate(
            Matrix test,
            double[] truth,
            int classes,
            Function<Matrix, double[]> predict,
            List<List<String>> sources,
            double[] train,
            List<Double> folds,
            long seed) {
        Scores scores = new Scores(truth, predict.apply(test), classes);
        Scores plain = new Scores(truth, baseline(train, truth.length, classes), classes);
        boolean isTwo = classes == 2;
        List<List<Long>> confusion = classes == 0
                ? List.of()
                : Arrays.stream(scores.confusion())
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList();
        return new Evaluation(
                truth.length,
                new Evaluation.Numbers(metrics(scores, seed), metrics(plain, seed), folds),
                new Evaluation.Curves(
                        confusion,
                        isTwo ? scores.roc() : List.of(),
                        isTwo ? scores.precisionRecall() : List.of(),
                        isTwo ? scores.calibration() : List.of(),
                        classes == 0 ? scores.residuals() : List.of()),
                importances(test, truth, classes, predict, sources, seed),
                List.of());
    }

    /** Always the shares of the classes in training, or the mean. */
    private static double[] baseline(double[] train, int rows, int classes) {
        int width = Math.max(1, classes);
        double[] one = new double[width];
        for (double label : train) {
            one[classes == 0 ? 0 : (int) label] += (classes == 0 ? label : 1) / train.length;
        }
        double[] all = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(one, 0, all, row * width, width);
        }
        return all;
    }

    private static List<Metric> metrics(Scores scores, long seed) {
        Map<String, double[]> resampled = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        int n = scores.truth().length;
        for (int i = 0; i < RESAMPLES; i++) {
            int[] rows = IntStream.range(0, n).map(any -> random.nextInt(n)).toArray();
            int each = i;
            scores.rows(rows)
                    .metrics()
                    .forEach((name, value) ->
                            resampled.computeIfAbsent(name, any -> new double[RESAMPLES])[each] = value);
        }
        List<Metric> metrics = new ArrayList<>();
        scores.metrics().forEach((name, value) -> {
            double[] all = Arrays.stream(resampled.get(name))
                    .filter(each -> !Double.isNaN(each))
                    .sorted()
                    .toArray();
            metrics.add(new Metric(name, value, quantile(all, 0.025), quantile(all, 0.975)));
        });
        return metrics;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static List<Importance> importances(
            Matrix test,
            double[] truth,
            int classes,
            Function<Matrix, double[]> predict,
            List<List<String>> sources,
            long seed) {
        int count = Math.min(MOST_SHUFFLED_ROWS, test.rows());
        int[] rows = IntStream.range(0, count)
                .map(i -> (int) ((long) i * test.rows() / count))
                .toArray();
        Matrix some = test.rows(rows);
        double[] labels = Arrays.stream(rows).mapToDouble(row -> truth[row]).toArray();
        double whole = new Scores(labels, predict.apply(some), classes).main();
        List<Importance> importances = new ArrayList<>();
        for (String column : sources.stream().flatMap(List::stream).distinct().toList()) {
            Matrix shuffled = shuffled(some, sources, column, new SplittableRandom(seed));
            double without = new Scores(labels, predict.apply(shuffled), classes).main();
            importances.add(new Importance(column, whole - without));
        }
        importances.sort(Comparator.comparingDouble(importance -> -importance.drop()));
        return importances;
    }

    /** With the features of one column taken from another row, all of them from the same. */
    private static Matrix shuffled(Matrix some, List<List<String>> sources, String column, SplittableRandom random) {
        double[] values = some.values().clone();
        int[] from = IntStream.range(0, some.rows()).toArray();
        for (int i = from.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = from[i];
            from[i] = from[j];
            from[j] = other;
        }
        for (int feature = 0; feature < some.columns(); feature++) {
            if (sources.get(feature).contains(column)) {
                for (int row = 0; row < from.length; row++) {
                    values[row * some.columns() + feature] = some.at(from[row], feature);
                }
            }
        }
        return new Matrix(values, some.rows(), some.columns());
    }
}
