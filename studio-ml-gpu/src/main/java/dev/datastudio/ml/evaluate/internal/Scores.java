package dev.datastudio.ml.evaluate.internal;

import dev.datastudio.ml.evaluate.Evaluation.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predictions beside what was true.
 *
 * @param truth the number, or the place of the class
 * @param predicted row by row: the share of each class, or one number
 * @param classes how many; 0 for numbers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Scores(double[] truth, double[] predicted, int classes) {
    private static final double LEAST_SHARE = 1e-15;
    private static final int PARTS = 10;
    private static final int MOST_POINTS = 200;
    private static final int MOST_RESIDUALS = 500;

    /** The class with the greatest share; of equal ones the first. */
    public int best(int row) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (predicted[row * classes + k] > predicted[row * classes + best]) {
                best = k;
            }
        }
        return best;
    }

    /** The metrics by name, the main one first. */
    public Map<String, Double> metrics() {
        return classes == 0 ? ofNumbers() : ofClasses();
    }

    /** The main metric: of classes the accuracy, of numbers R2. Greater is better. */
    public double main() {
        return classes == 0 ? r2() : accuracy();
    }

    /** These rows, in that order; one may be there several times. */
    public Scores rows(int[] rows) {
        int width = Math.max(1, classes);
        double[] some = new double[rows.length];
        double[] those = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            some[i] = truth[rows[i]];
            System.arraycopy(predicted, rows[i] * width, those, i * width, width);
        }
        return new Scores(some, those, classes);
    }

    private Map<String, Double> ofNumbers() {
        int n = truth.length;
        double squares = 0;
        double absolutes = 0;
        for (int i = 0; i < n; i++) {
            double off = truth[i] - predicted[i];
            squares += off * off;
            absolutes += Math.abs(off);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("r2", r2());
        metrics.put("rmse", Math.sqrt(squares / n));
        metrics.put("mae", absolutes / n);
        metrics.put("mse", squares / n);
        return metrics;
    }

    private double r2() {
        double mean = Arrays.stream(truth).average().orElse(0);
        double squares = 0;
        double spread = 0;
        for (int i = 0; i < truth.length; i++) {
            squares += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
            spread += (truth[i] - mean) * (truth[i] - mean);
        }
        return spread == 0 ? Double.NaN : 1 - squares / spread;
    }

    private double accuracy() {
        return IntStream.range(0, truth.length)
                        .filter(i -> best(i) == (int) truth[i])
                        .count()
                / (double) truth.length;
    }

    private Map<String, Double> ofClasses() {
        long[][] table = confusion();
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        double area = 0;
        int first = classes == 2 ? 1 : 0;
        int present = 0;
        int areas = 0;
        for (int k = first; k < classes; k++) {
            int each = k;
            long hits = table[k][k];
            long told = Arrays.stream(table).mapToLong(row -> row[each]).sum();
            long there = Arrays.stream(table[k]).sum();
            if (told + there > 0) {
                present++;
                precision += told == 0 ? 0 : hits / (double) told;
                recall += there == 0 ? 0 : hits / (double) there;
                f1 += 2.0 * hits / (told + there);
            }
            double one = area(k);
            if (!Double.isNaN(one)) {
                area += one;
                areas++;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", accuracy());
        metrics.put("precision", present == 0 ? 0 : precision / present);
        metrics.put("recall", present == 0 ? 0 : recall / present);
        metrics.put("f1", present == 0 ? 0 : f1 / present);
        metrics.put("roc_auc", areas == 0 ? Double.NaN : area / areas);
        metrics.put("log_loss", logLoss());
        return metrics;
    }

    private double logLoss() {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double share = predicted[i * classes + (int) truth[i]];
            sum -= Math.log(Math.min(1, Math.max(LEAST_SHARE, share)));
        }
        return sum / truth.length;
    }

    /** Rows by true class and predicted class. */
    public long[][] confusion() {
        long[][] table = new long[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            table[(int) truth[i]][best(i)]++;
        }
        return table;
    }

    /** The share of pairs of a row of the class and another that are in order, ties half (Mann and Whitney, 1947). */
    private double area(int k) {
        int[] order = byShare(k);
        double ranks = 0;
        long there = 0;
        for (int i = 0; i < order.length; ) {
            int end = i;
            long here = 0;
            while (end < order.length && share(order[end], k) == share(order[i], k)) {
                here += truth[order[end++]] == k ? 1 : 0;
            }
            ranks += here * (i + 1 + end) / 2.0; // ties have the mean of their ranks
            there += here;
            i = end;
        }
        double others = (double) order.length - there;
        return there == 0 || others == 0 ? Double.NaN : (ranks - there * (there + 1) / 2.0) / (there * others);
    }

    private double share(int row, int k) {
        return predicted[row * classes + k];
    }

    private int[] byShare(int k) {
        double[] keys =
                IntStream.range(0, truth.length).mapToDouble(i -> share(i, k)).toArray();
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted((a, b) -> Double.compare(keys[a], keys[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** False and true positive rates of the second of two classes, from 0 to 1. */
    public List<Point> roc() {
        return curve((truePositives, told, there, all) ->
                new Point((told - truePositives) / (double) (all - there), truePositives / (double) there));
    }

    /** Recall and precision of the second of two classes. */
    public List<Point> precisionRecall() {
        return curve((truePositives, told, there, all) ->
                new Point(truePositives / (double) there, told == 0 ? 1 : truePositives / (double) told));
    }

    private interface Rates {
        Point at(long truePositives, long told, long there, long all);
    }

    private List<Point> curve(Rates rates) {
        int[] order = byShare(1);
        long all = order.length;
        long there = Arrays.stream(truth).filter(label -> label == 1).count();
        if (there == 0 || there == all) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        points.add(rates.at(0, 0, there, all));
        long hits = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            hits += truth[order[i]] == 1 ? 1 : 0;
            if (i == 0 || share(order[i], 1) != share(order[i - 1], 1)) {
                points.add(rates.at(hits, all - i, there, all));
            }
        }
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        int last = points.size() - 1;
        return IntStream.range(0, MOST_POINTS)
                .mapToObj(i -> points.get((int) ((long) i * last / (MOST_POINTS - 1))))
                .toList();
    }

    /** The mean predicted share of the second of two classes and how often it was so, in parts of 0 to 1. */
    public List<Point> calibration() {
        double[] told = new double[PARTS];
        long[] hits = new long[PARTS];
        long[] counts = new long[PARTS];
        for (int i = 0; i < truth.length; i++) {
            int part = (int) Math.min(PARTS - 1, share(i, 1) * PARTS);
            told[part] += share(i, 1);
            hits[part] += truth[i] == 1 ? 1 : 0;
            counts[part]++;
        }
        return IntStream.range(0, PARTS)
                .filter(part -> counts[part] > 0)
                .mapToObj(part -> new Point(told[part] / counts[part], hits[part] / (double) counts[part]))
                .toList();
    }

    /** Predicted and true numbers, of rows spread over all. */
    public List<Point> residuals() {
        int count = Math.min(MOST_RESIDUALS, truth.length);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * truth.length / count))
                .mapToObj(row -> new Point(predicted[row], truth[row]))
                .toList();
    }
}
