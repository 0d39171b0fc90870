package dev.datastudio.core.chart;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ViolinChart;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a chart as a table, for those who don't see it. Immutable.
 *
 * @param columns names
 * @param rows each as wide as the columns: texts, finite numbers, null where there is none; at most {@link #MAX_ROWS}
 */
public record ChartTable(List<String> columns, List<List<@Nullable Object>> rows) {
    /** How many rows a table has at most. */
    public static final int MAX_ROWS = 1_000;

    public ChartTable {
        columns = List.copyOf(columns);
        rows = rows.stream().limit(MAX_ROWS).map(Collections::unmodifiableList).toList();
    }

    /** The table of a chart; without columns for a custom figure, whose numbers nobody but its author knows. */
    public static ChartTable of(Chart chart) {
        if (chart instanceof BarChart bars) {
            return bars(bars);
        } else if (chart instanceof LineChart lines) {
            return lines(lines.x(), lines.y(), withBounds(lines));
        } else if (chart instanceof AreaChart areas) {
            return lines(areas.x(), areas.y(), areas.series());
        } else if (chart instanceof HistogramChart histogram) {
            return histogram(histogram);
        } else if (chart instanceof BoxChart boxes) {
            return boxes(boxes.categoryTitle(), boxes.boxes());
        } else if (chart instanceof ViolinChart violins) {
            return boxes(
                    violins.categoryTitle(),
                    violins.violins().stream().map(ViolinChart.Violin::box).toList());
        } else if (chart instanceof DensityChart density) {
            return density(density);
        } else if (chart instanceof HeatmapChart heatmap) {
            return heatmap(heatmap);
        } else if (chart instanceof PieChart pie) {
            return pie(pie);
        } else if (chart instanceof ScatterChart scatter) {
            return scatter(scatter);
        } else if (chart instanceof PairChart pairs) {
            return correlations(pairs);
        }
        return new ChartTable(List.of(), List.of());
    }

    private static ChartTable bars(BarChart chart) {
        List<String> columns = new ArrayList<>();
        columns.add(named(chart.categoryTitle(), "Category"));
        chart.series().forEach(series -> columns.add(named(series.name(), "Value")));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < chart.categories().size(); i++) {
            List<@Nullable Object> row = row(chart.categories().get(i));
            for (BarChart.Series series : chart.series()) {
                row.add(number(series.values().get(i)));
            }
            rows.add(row);
        }
        return new ChartTable(columns, rows);
    }

    private static ChartTable lines(Axis x, Axis y, List<LineChart.Series> series) {
        boolean single = series.size() == 1;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (LineChart.Series one : series) {
            for (Point point : one.points()) {
                List<@Nullable Object> row = single ? row() : row(one.name());
                row.addAll(Arrays.asList(value(x, point.x()), value(y, point.y())));
                rows.add(row);
            }
        }
        String across = named(x.label(), "x");
        String up = named(y.label(), "y");
        return new ChartTable(single ? List.of(across, up) : List.of("Series", across, up), rows);
    }

    /** The lines, then the two bounds of each band as lines. */
    private static List<LineChart.Series> withBounds(LineChart chart) {
        List<LineChart.Series> all = new ArrayList<>(chart.series());
        for (LineChart.Band band : chart.bands()) {
            all.add(new LineChart.Series(
                    band.name() + ", low",
                    band.spans().stream()
                            .map(span -> new Point(span.x(), span.low()))
                            .toList()));
            all.add(new LineChart.Series(
                    band.name() + ", high",
                    band.spans().stream()
                            .map(span -> new Point(span.x(), span.high()))
                            .toList()));
        }
        return all;
    }

    private static ChartTable histogram(HistogramChart chart) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (HistogramChart.Bin bin : chart.bins()) {
            rows.add(row(value(chart.value(), bin.from()), value(chart.value(), bin.to()), bin.count()));
        }
        String value = named(chart.value().label(), "Value");
        return new ChartTable(
                List.of(value + " from", value + " to", named(chart.count().label(), "Count")), rows);
    }

    private static ChartTable boxes(String title, List<Box> boxes) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Box box : boxes) {
            rows.add(row(
                    box.label(),
                    box.count(),
                    number(box.lowerFence()),
                    number(box.q1()),
                    number(box.median()),
                    number(box.q3()),
                    number(box.upperFence())));
        }
        return new ChartTable(
                List.of(
                        named(title, "Category"),
                        "Count",
                        "Lower whisker",
                        "First quartile",
                        "Median",
                        "Third quartile",
                        "Upper whisker"),
                rows);
    }

    private static ChartTable density(DensityChart chart) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DensityChart.Curve curve : chart.curves()) {
            for (Point point : curve.points()) {
                rows.add(row(curve.name(), value(chart.value(), point.x()), number(point.y())));
            }
        }
        return new ChartTable(List.of("Series", named(chart.value().label(), "Value"), "Density"), rows);
    }

    private static ChartTable heatmap(HeatmapChart chart) {
        List<String> columns = new ArrayList<>();
        columns.add(named(chart.rowTitle(), "Row"));
        columns.addAll(chart.columns());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < chart.rows().size(); i++) {
            List<@Nullable Object> row = row(chart.rows().get(i));
            chart.values().get(i).forEach(value -> row.add(number(value)));
            rows.add(row);
        }
        return new ChartTable(columns, rows);
    }

    private static ChartTable pie(PieChart chart) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        double total = chart.total();
        for (PieChart.Slice slice : chart.slices()) {
            rows.add(row(slice.label(), number(slice.value()), number(slice.value() / total)));
        }
        return new ChartTable(List.of("Slice", named(chart.value().label(), "Value"), "Share"), rows);
    }

    private static ChartTable scatter(ScatterChart chart) {
        boolean single = chart.groups().size() == 1;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ScatterChart.Group group : chart.groups()) {
            for (Point point : group.points()) {
                List<@Nullable Object> row = single ? row() : row(group.name());
                row.addAll(Arrays.asList(value(chart.x(), point.x()), value(chart.y(), point.y())));
                rows.add(row);
            }
        }
        String x = named(chart.x().label(), "x");
        String y = named(chart.y().label(), "y");
        return new ChartTable(single ? List.of(x, y) : List.of("Group", x, y), rows);
    }

    private static ChartTable correlations(PairChart chart) {
        List<String> columns = new ArrayList<>();
        columns.add("Correlation");
        chart.variables().forEach(variable -> columns.add(variable.axis().title()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < chart.variables().size(); i++) {
            List<@Nullable Object> row = row(chart.variables().get(i).axis().title());
            chart.correlations().get(i).forEach(value -> row.add(number(value)));
            rows.add(row);
        }
        return new ChartTable(columns, rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private static String named(String title, String otherwise) {
        return title.isEmpty() ? otherwise : title;
    }

    private static @Nullable Object value(Axis axis, double value) {
        boolean isDate = axis.format() instanceof ValueFormat.Date && Double.isFinite(value);
        return isDate
                ? Instant.ofEpochMilli(Math.round(value))
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .toString()
                        .replaceFirst("T00:00$", "")
                : number(value);
    }

    private static @Nullable Object number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
