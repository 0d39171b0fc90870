package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.core.analysis.Evidence;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.analysis.StepResult;
import dev.datastudio.core.chart.BoxStatistics;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.ValueSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Bins and boxes: how numbers spread. Not thread-safe. */
final class SpreadCharts {
    private static final int MOST_BARS = 30;

    private final StepResult result;
    private final Step step;
    private final ChartRows rows;
    private final ChartWords words;

    SpreadCharts(StepResult result, ChartRows rows, ChartWords words) {
        this.result = result;
        this.step = result.step();
        this.rows = rows;
        this.words = words;
    }

    Chart histogram(String title, ValueSummary summary) {
        List<HistogramChart.Bin> bins = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            double from = rows.value(i, 0) == null ? Double.NEGATIVE_INFINITY : rows.number(i, 0);
            double to = rows.value(i, 1) == null ? Double.POSITIVE_INFINITY : rows.number(i, 1);
            bins.add(new HistogramChart.Bin(from, to, (long) rows.number(i, rows.at(Role.COUNT))));
        }
        Axis value = Axis.of(Words.of(Steps.valueOf(step)), rows.axis(0).format());
        return Charts.histogram(words.text(title), value, summary, bins);
    }

    Chart boxes(String title) {
        List<Integer> groups = rows.dimensions();
        List<BoxChart.Box> boxes = new ArrayList<>();
        for (int i = 0; i < Math.min(rows.size(), MOST_BARS); i++) {
            if (!Double.isNaN(rows.number(i, rows.at(Role.MEDIAN)))) {
                boxes.add(box(groups.isEmpty() ? "" : name(i, groups), i));
            }
        }
        cut();
        sampled();
        String category = groups.isEmpty() ? "" : rows.column(groups.get(0)).label();
        Axis value = Axis.of(
                Words.of(Steps.valueOf(step)), rows.axis(rows.at(Role.MEDIAN)).format());
        return new BoxChart(words.text(title), category, value, boxes);
    }

    /** Says how many outliers are shown when it is not all of them. */
    private void sampled() {
        if (!(result.evidence() instanceof Evidence.Outliers outliers)) {
            return;
        }
        long all = 0;
        long shown = 0;
        for (int i = 0; i < Math.min(rows.size(), MOST_BARS); i++) {
            all += (long) rows.number(i, rows.at(Role.OUTLIERS));
            shown += BoxStatistics.shown(outliers.values().get(i)).size();
        }
        if (shown < all) {
            words.note(String.format(Locale.US, "Showing %,d of %,d outliers.", shown, all));
        }
    }

    private BoxChart.Box box(String label, int row) {
        double low = rows.number(row, rows.at(Role.MINIMUM));
        double high = rows.number(row, rows.at(Role.MAXIMUM));
        double lower = rows.number(row, rows.at(Role.LOWER_WHISKER));
        double upper = rows.number(row, rows.at(Role.UPPER_WHISKER));
        // Without a sample the rows still hold the farthest of the outliers.
        List<Double> far = result.evidence() instanceof Evidence.Outliers o
                        && !o.values().get(row).isEmpty()
                ? o.values().get(row)
                : Stream.of(low, high).filter(v -> v < lower || v > upper).toList();
        return new BoxChart.Box(
                label,
                lower,
                rows.number(row, rows.at(Role.FIRST_QUARTILE)),
                rows.number(row, rows.at(Role.MEDIAN)),
                rows.number(row, rows.at(Role.THIRD_QUARTILE)),
                upper,
                BoxStatistics.shown(far),
                (long) rows.number(row, rows.at(Role.COUNT)));
    }

    private String name(int row, List<Integer> columns) {
        return String.join(", ", columns.stream().map(c -> rows.label(row, c)).toList());
    }

    /** Says so when there are more groups than are drawn. */
    void cut() {
        if (rows.size() > MOST_BARS) {
            words.note("Only the first " + MOST_BARS + " of " + result.result().totalRows() + " groups are drawn.");
        }
    }
}
