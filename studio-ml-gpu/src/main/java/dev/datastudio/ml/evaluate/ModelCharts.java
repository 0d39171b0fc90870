package dev.datastudio.ml.evaluate;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.ml.evaluate.Evaluation.Learnt;
import dev.datastudio.ml.evaluate.Evaluation.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The charts of an {@link Evaluation}.
 *
 * <pre>{@code
 * Map<String, Chart> charts = ModelCharts.of(model.evaluation(), model.target(), model.classes());
 * byte[] png = new Java2dChartRenderer().render(charts.get("confusion"), ChartFormat.PNG, ChartStyle.DEFAULT);
 * }</pre>
 */
public final class ModelCharts {
    private static final int MOST_COLUMNS = 20;
    private static final String CHANCE = "by chance";

    private ModelCharts() {}

    /**
     * Those that there is something to show in, in the order in which people look at them: of classes {@code confusion},
     * {@code roc}, {@code precision_recall}, {@code calibration}; of numbers {@code predicted}, {@code residuals}; of both
     * {@code importances}, {@code learning_curve}.
     *
     * @param target what is predicted
     * @param classes of the model; empty for numbers
     */
    public static Map<String, Chart> of(Evaluation evaluation, String target, List<String> classes) {
        Map<String, Chart> charts = new LinkedHashMap<>();
        if (!evaluation.confusion().isEmpty()) {
            charts.put("confusion", confusion(evaluation, target, classes));
        }
        if (!evaluation.roc().isEmpty()) {
            charts.put("roc", roc(evaluation, target, classes));
            charts.put("precision_recall", precisionRecall(evaluation, target, classes));
        }
        if (!evaluation.calibration().isEmpty()) {
            charts.put("calibration", calibration(evaluation, target, classes));
        }
        if (!evaluation.residuals().isEmpty()) {
            charts.put("predicted", predicted(evaluation, target));
            charts.put("residuals", residuals(evaluation, target));
        }
        if (!evaluation.importances().isEmpty()) {
            charts.put("importances", importances(evaluation, target));
        }
        if (!evaluation.learningCurve().isEmpty()) {
            charts.put("learning_curve", learningCurve(evaluation, target));
        }
        return charts;
    }

    /**
     * How the loss went with each epoch or round.
     *
     * @param training of the rows that were learnt from, the first epoch first
     * @param validation of rows that were held back, as many; empty when there were none
     */
    public static Chart losses(String target, List<Double> training, List<Double> validation) {
        List<LineChart.Series> series = new ArrayList<>();
        series.add(numbered("training rows", training));
        if (!validation.isEmpty()) {
            series.add(numbered("held-back rows", validation));
        }
        return new LineChart(
                ChartText.of("Loss while learning " + target),
                Axis.of("Epoch", ValueFormat.integer()),
                Axis.of("Loss", ValueFormat.number()),
                series);
    }

    private static LineChart.Series numbered(String name, List<Double> values) {
        return new LineChart.Series(
                name,
                IntStream.range(0, values.size())
                        .mapToObj(i ->
                                new Chart.Point(i + 1.0, Double.isFinite(values.get(i)) ? values.get(i) : Double.NaN))
                        .toList());
    }

    private static Chart confusion(Evaluation evaluation, String target, List<String> classes) {
        List<List<Double>> counts = evaluation.confusion().stream()
                .map(row -> row.stream().map(Long::doubleValue).toList())
                .toList();
        return new HeatmapChart(
                about("Predicted and true " + target, evaluation, "accuracy"),
                "Predicted",
                "True",
                Axis.count("Rows"),
                classes,
                classes,
                counts,
                HeatmapChart.Shading.SEQUENTIAL);
    }

    private static Chart roc(Evaluation evaluation, String target, List<String> classes) {
        return new LineChart(
                about("ROC curve of " + target + " = " + classes.get(1), evaluation, "roc_auc"),
                Axis.of("Share of the others taken for it", ValueFormat.percent()),
                Axis.of("Share of it that is found", ValueFormat.percent()),
                List.of(curve("model", evaluation.roc()), line(CHANCE, 0, 0, 1, 1)));
    }

    private static Chart precisionRecall(Evaluation evaluation, String target, List<String> classes) {
        List<Long> rows = evaluation.confusion().get(1);
        double share = rows.stream().mapToLong(Long::longValue).sum() / (double) evaluation.rows();
        return new LineChart(
                about("Precision and recall of " + target + " = " + classes.get(1), evaluation, "f1"),
                Axis.of("Recall: share of it that is found", ValueFormat.percent()),
                Axis.of("Precision: share of what is found that is it", ValueFormat.percent()),
                List.of(curve("model", evaluation.precisionRecall()), line(CHANCE, 0, share, 1, share)));
    }

    private static Chart calibration(Evaluation evaluation, String target, List<String> classes) {
        return new LineChart(
                about("Calibration of " + target + " = " + classes.get(1), evaluation, "log_loss"),
                Axis.of("Predicted share", ValueFormat.percent()),
                Axis.of("How often it was so", ValueFormat.percent()),
                List.of(curve("model", evaluation.calibration()), line("perfect", 0, 0, 1, 1)));
    }

    private static Chart predicted(Evaluation evaluation, String target) {
        List<Chart.Point> points = evaluation.residuals().stream()
                .map(each -> new Chart.Point(each.x(), each.y()))
                .toList();
        double low = points.stream().mapToDouble(Chart.Point::x).min().orElseThrow();
        double high = points.stream().mapToDouble(Chart.Point::x).max().orElseThrow();
        ChartText text = about("Predicted and true " + target, evaluation, "r2")
                .withNote("On the line, what was predicted was true")
                .withAltText("Predicted against true " + target + " of " + points.size()
                        + " test rows, with the line on" + " which both are equal");
        return scatter(text, target, "True " + target, points, new FitLine("", 1, 0, low, high, 1));
    }

    private static Chart residuals(Evaluation evaluation, String target) {
        List<Chart.Point> points = evaluation.residuals().stream()
                .map(each -> new Chart.Point(each.x(), each.y() - each.x()))
                .toList();
        double low = points.stream().mapToDouble(Chart.Point::x).min().orElseThrow();
        double high = points.stream().mapToDouble(Chart.Point::x).max().orElseThrow();
        ChartText text = about("Residuals of " + target, evaluation, "rmse")
                .withNote("True less predicted; a pattern says that something was not learnt")
                .withAltText("True less predicted " + target + " against predicted " + target + " of " + points.size()
                        + " test rows");
        return scatter(text, target, "True less predicted", points, new FitLine("", 0, 0, low, high, 1));
    }

    private static Chart scatter(ChartText text, String target, String y, List<Chart.Point> points, FitLine line) {
        return new ScatterChart(
                text,
                Axis.of("Predicted " + target, ValueFormat.number()),
                Axis.of(y, ValueFormat.number()),
                List.of(new ScatterChart.Group("test rows", points)),
                List.of(line));
    }

    private static Chart importances(Evaluation evaluation, String target) {
        List<Importance> all = evaluation.importances();
        List<Importance> shown = all.subList(0, Math.min(MOST_COLUMNS, all.size()));
        String metric = words(evaluation.metrics().get(0).name());
        ChartText text = ChartText.of("What " + target + " is predicted from")
                .withSubtitle("By how much " + metric + " falls when a column is shuffled");
        if (shown.size() < all.size()) {
            text = text.withNote("The first " + shown.size() + " of " + all.size() + " columns");
        }
        return new BarChart(
                text,
                "",
                Axis.of("Fall of " + metric, ValueFormat.number()),
                shown.stream().map(Importance::column).toList(),
                List.of(new BarChart.Series(
                        "drop", shown.stream().map(Importance::drop).toList())),
                BarChart.Layout.GROUPED,
                BarChart.Orientation.HORIZONTAL);
    }

    private static Chart learningCurve(Evaluation evaluation, String target) {
        String metric = words(evaluation.metrics().get(0).name());
        return new LineChart(
                ChartText.of("Learning curve of " + target)
                        .withNote("Lines far apart: more rows help; close and low: another model or other columns do"),
                Axis.of("Rows learnt from", ValueFormat.integer()),
                Axis.of(metric.substring(0, 1).toUpperCase(Locale.ROOT) + metric.substring(1), ValueFormat.number()),
                List.of(
                        learnt("rows learnt from", evaluation, Learnt::train),
                        learnt("test rows", evaluation, Learnt::test)));
    }

    private static LineChart.Series learnt(String name, Evaluation evaluation, ToDoubleFunction<Learnt> metric) {
        return new LineChart.Series(
                name,
                evaluation.learningCurve().stream()
                        .map(each -> new Chart.Point(each.rows(), metric.applyAsDouble(each)))
                        .toList());
    }

    /** The title, and what the main number is with its interval. */
    private static ChartText about(String title, Evaluation evaluation, String metric) {
        Metric found = evaluation.metric(metric);
        return ChartText.of(title)
                .withSubtitle(String.format(
                        Locale.ROOT,
                        "%s %s (%s to %s) on %,d test rows",
                        words(metric),
                        number(found.value()),
                        number(found.low()),
                        number(found.high()),
                        evaluation.rows()));
    }

    /** A number of an evaluation as people read it: three digits that tell something; a dash for none. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return size != 0 && size < 0.001
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, size < 10 ? "%.3f" : size < 1_000 ? "%.1f" : "%,.0f", value);
    }

    /** A metric as people call it. */
    public static String words(String metric) {
        return switch (metric) {
            case "r2" -> "R²";
            case "rmse", "mae", "mse" -> metric.toUpperCase(Locale.ROOT);
            case "roc_auc" -> "area under the curve";
            case "f1" -> "F1";
            default -> metric.replace('_', ' ');
        };
    }

    /** A line, whose x must rise: of points at one place each comes a hair behind the one before. */
    private static LineChart.Series curve(String name, List<Point> points) {
        List<Chart.Point> rising = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            double x = point.x() > last ? point.x() : Math.nextUp(last);
            rising.add(new Chart.Point(x, point.y()));
            last = x;
        }
        return new LineChart.Series(name, rising);
    }

    private static LineChart.Series line(String name, double fromX, double fromY, double toX, double toY) {
        return new LineChart.Series(name, List.of(new Chart.Point(fromX, fromY), new Chart.Point(toX, toY)));
    }
}
