package dev.datastudio.agents.reporter.internal;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.core.chart.Charts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A chart's columns, filled with the values of the rows; what was checked by {@link ChartCheck} can be drawn. Immutable. */
final class ChartFiller {
    private final ChartSpec spec;
    private final ResultTable rows;
    private final int x;
    private final List<Integer> y;
    private final int series;

    ChartFiller(ChartSpec spec, ResultTable rows) {
        this.spec = spec;
        this.rows = rows;
        this.x = rows.find(spec.x());
        this.y = spec.y().stream().map(rows::find).toList();
        this.series = spec.series().isEmpty() ? -1 : rows.find(spec.series());
    }

    ChartSpec spec() {
        return spec;
    }

    ResultTable rows() {
        return rows;
    }

    int x() {
        return x;
    }

    List<Integer> y() {
        return y;
    }

    int series() {
        return series;
    }

    /** The chart. */
    Chart draw(List<String> notes) {
        ChartText text = new ChartText(title(), "", notes, "");
        return switch (spec.kind()) {
            case BAR -> bars(text, BarChart.Layout.GROUPED);
            case STACKED_BAR -> bars(text, BarChart.Layout.STACKED);
            case LINE -> lines(text);
            case AREA -> areas(text);
            case PIE -> pie(text);
            case SCATTER -> scatter(text);
            case HISTOGRAM -> Charts.histogram(text, rows.axis(x, null), numbers(x));
            case HEATMAP -> heatmap(text);
        };
    }

    private String title() {
        if (!spec.title().isEmpty()) {
            return spec.title();
        }
        if (spec.kind() == ChartSpec.Kind.HISTOGRAM) {
            return "Distribution of " + ResultTable.title(rows.name(x));
        }
        String measures =
                y.stream().map(column -> ResultTable.title(rows.name(column))).collect(Collectors.joining(", "));
        String groups = rows.name(x).replace('_', ' ')
                + (series < 0 ? "" : " and " + rows.name(series).replace('_', ' '));
        return measures + " by " + groups;
    }

    private double[] numbers(int column) {
        double[] numbers = new double[rows.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = rows.number(row, column);
        }
        return numbers;
    }

    /** The names of a column in the order of the rows. */
    private List<String> names(int column) {
        Set<String> names = new LinkedHashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            names.add(rows.label(row, column));
        }
        return List.copyOf(names);
    }

    /** The values of one measure for each name of x, and of the series if there is one. */
    private Map<String, Map<String, Double>> table(int measure, int parts) {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            table.computeIfAbsent(parts < 0 ? "" : rows.label(row, parts), part -> new LinkedHashMap<>())
                    .put(rows.label(row, x), rows.number(row, measure));
        }
        return table;
    }

    private BarChart bars(ChartText text, BarChart.Layout layout) {
        List<String> categories = names(x);
        List<BarChart.Series> all = new ArrayList<>();
        if (series >= 0) {
            table(y.get(0), series)
                    .forEach((part, values) -> all.add(new BarChart.Series(part, values(categories, values))));
        } else {
            for (int measure : y) {
                Map<String, Double> values = table(measure, -1).getOrDefault("", Map.of());
                all.add(new BarChart.Series(ResultTable.title(rows.name(measure)), values(categories, values)));
            }
        }
        return new BarChart(
                text,
                ResultTable.title(rows.name(x)),
                measureAxis(),
                categories,
                all,
                layout,
                BarChart.Orientation.AUTO);
    }

    private static List<Double> values(List<String> categories, Map<String, Double> values) {
        return categories.stream()
                .map(category -> values.getOrDefault(category, Double.NaN))
                .toList();
    }

    private Axis measureAxis() {
        Axis axis = rows.axis(y.get(0), null);
        return y.size() == 1 ? axis : Axis.of("", axis.format());
    }

    private LineChart lines(ChartText text) {
        DateGrain grain = rows.grain(x);
        List<LineChart.Series> all = new ArrayList<>();
        if (series >= 0) {
            for (String part : names(series)) {
                all.add(new LineChart.Series(part, points(y.get(0), part, grain)));
            }
        } else {
            for (int measure : y) {
                all.add(new LineChart.Series(ResultTable.title(rows.name(measure)), points(measure, null, grain)));
            }
        }
        return new LineChart(text, rows.axis(x, grain), measureAxis(), all);
    }

    /** Points with rising x; those without a place are left out. */
    private List<Chart.Point> points(int measure, @Nullable String part, @Nullable DateGrain grain) {
        Map<Double, Double> points = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            double place = rows.place(row, x, grain);
            boolean mine = part == null || rows.label(row, series).equals(part);
            if (mine && !Double.isNaN(place)) {
                points.put(place, rows.number(row, measure));
            }
        }
        return points.entrySet().stream()
                .map(point -> new Chart.Point(point.getKey(), point.getValue()))
                .toList();
    }

    private AreaChart areas(ChartText text) {
        return Charts.areas(lines(text));
    }

    private PieChart pie(ChartText text) {
        int measure = y.get(0);
        List<PieChart.Slice> slices = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            double value = rows.number(row, measure);
            slices.add(new PieChart.Slice(rows.label(row, x), Double.isNaN(value) ? 0 : value));
        }
        slices.sort(Comparator.comparingDouble(PieChart.Slice::value).reversed());
        return new PieChart(text, rows.axis(measure, null), slices);
    }

    private ScatterChart scatter(ChartText text) {
        int measure = y.get(0);
        Map<String, List<Chart.Point>> groups = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            double left = rows.number(row, x);
            double up = rows.number(row, measure);
            if (!Double.isNaN(left) && !Double.isNaN(up)) {
                groups.computeIfAbsent(series < 0 ? "" : rows.label(row, series), g -> new ArrayList<>())
                        .add(new Chart.Point(left, up));
            }
        }
        List<ScatterChart.Group> all = groups.entrySet().stream()
                .map(group -> new ScatterChart.Group(group.getKey(), group.getValue()))
                .toList();
        return Charts.scatter(text, rows.axis(x, null), rows.axis(measure, null), all);
    }

    private HeatmapChart heatmap(ChartText text) {
        List<String> columns = names(x);
        List<String> lines = names(series);
        Map<String, Map<String, Double>> table = table(y.get(0), series);
        List<List<Double>> values = lines.stream()
                .map(line -> values(columns, table.getOrDefault(line, Map.of())))
                .toList();
        return new HeatmapChart(
                text,
                ResultTable.title(rows.name(x)),
                ResultTable.title(rows.name(series)),
                rows.axis(y.get(0), null),
                columns,
                lines,
                values,
                HeatmapChart.Shading.SEQUENTIAL);
    }
}
