package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Evidence;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.analysis.StepResult;
import dev.datastudio.core.chart.Charts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Points and matrices: how columns of numbers move together. Not thread-safe. */
final class RelationCharts {
    private static final int MOST_SERIES = 8;

    private final StepResult result;
    private final Step step;
    private final ChartRows rows;
    private final ChartWords words;

    RelationCharts(StepResult result, ChartRows rows, ChartWords words) {
        this.result = result;
        this.step = result.step();
        this.rows = rows;
        this.words = words;
    }

    /** Two columns of numbers, row by row. */
    Optional<Chart> points() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
            if (rows.column(i).type().isNumeric()) {
                numbers.add(i);
            }
        }
        boolean two = numbers.size() == 2 && result.columns().size() <= 3;
        if (!two || !(step.chart() == ChartHint.SCATTER || result.columns().size() == 2) || rows.size() < 2) {
            return Optional.empty();
        }
        words.replaced("a scatter chart", ChartHint.SCATTER);
        String title = rows.column(numbers.get(1)).label() + " against "
                + rows.column(numbers.get(0)).label();
        int group = result.columns().size() == 3 ? 3 - numbers.get(0) - numbers.get(1) : -1;
        return Optional.of(scatter(title, numbers.get(0), numbers.get(1), group));
    }

    Chart scatter(String title, int x, int y, int group) {
        Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            double px = rows.number(i, x);
            double py = rows.number(i, y);
            if (!Double.isNaN(px) && !Double.isNaN(py)) {
                points.computeIfAbsent(group < 0 ? "" : rows.label(i, group), k -> new ArrayList<>())
                        .add(new Chart.Point(px, py));
            }
        }
        if (points.size() > MOST_SERIES) {
            List<Chart.Point> all =
                    points.values().stream().flatMap(List::stream).toList();
            words.note("There are too many groups to be told apart by colour.");
            points = Map.of("", all);
        }
        List<ScatterChart.Group> groups = points.entrySet().stream()
                .map(g -> new ScatterChart.Group(g.getKey(), g.getValue()))
                .toList();
        return new ScatterChart(words.text(title), rows.axis(x), rows.axis(y), groups, List.of());
    }

    /** The points behind a coefficient, or a matrix of coefficients as colours. */
    Optional<Chart> relation() {
        if (result.evidence() instanceof Evidence.Points evidence
                && evidence.points().size() > 1) {
            words.replaced("a scatter chart", ChartHint.SCATTER);
            boolean line = step.operation() == Operation.REGRESSION;
            int x = line ? 1 : 0;
            if (evidence.points().size() < evidence.rows()) {
                words.note(String.format(
                        Locale.US,
                        "The points are of the first %,d of %,d rows.",
                        evidence.points().size(),
                        evidence.rows()));
            }
            return Optional.of(Charts.scatter(
                    words.text(title(1 - x) + " against " + title(x)),
                    Axis.of(title(x), ValueFormat.number("")),
                    Axis.of(title(1 - x), ValueFormat.number("")),
                    List.of(new ScatterChart.Group("", evidence.points()))));
        }
        return rows.find(Role.NAME).isPresent() ? Optional.of(matrix()) : Optional.empty();
    }

    private String title(int measure) {
        return Words.of(Steps.valueOf(step.measures().get(measure)));
    }

    private Chart matrix() {
        List<String> names = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        int first = rows.find(Role.CORRELATION).orElseThrow();
        for (int i = 0; i < rows.size(); i++) {
            names.add(rows.label(i, rows.at(Role.NAME)));
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < rows.size(); j++) {
                row.add(rows.number(i, first + j));
            }
            values.add(row);
        }
        words.replaced("a heatmap", ChartHint.HEATMAP);
        String title = StepReading.capital(Words.correlation(step.detail())) + " between columns";
        return new HeatmapChart(
                words.text(title),
                "",
                "",
                Axis.of("Correlation", ValueFormat.number("")),
                names,
                names,
                values,
                HeatmapChart.Shading.CORRELATION);
    }
}
