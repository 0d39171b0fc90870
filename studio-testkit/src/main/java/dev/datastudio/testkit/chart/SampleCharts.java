package dev.datastudio.testkit.chart;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BarChart.Layout;
import dev.datastudio.api.chart.BarChart.Orientation;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HeatmapChart.Shading;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.chart.ViolinChart;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One small, handmade chart of each kind, and its empty form. */
public final class SampleCharts {
    private static final Axis SALES = Axis.of("Sales", ValueFormat.number("$"));
    private static final Axis MASS = Axis.of("Body Mass", ValueFormat.number("g"));

    private SampleCharts() {}

    /** A chart with numbers for every kind there is, with words and categories of the caller's choice. */
    public static Map<Class<? extends Chart>, Chart> filled(ChartText text, List<String> categories) {
        Map<Class<? extends Chart>, Chart> charts = new LinkedHashMap<>();
        for (Chart chart : List.of(
                histogram(text),
                bar(text, categories),
                line(text, categories),
                scatter(text, categories),
                box(text, categories),
                pie(text, categories),
                density(text, categories),
                heatmap(text, categories),
                violin(text, categories),
                area(text, categories),
                pair(text, categories),
                custom(text))) {
            charts.put(chart.getClass(), chart);
        }
        return charts;
    }

    /** A chart without numbers for every kind there is. */
    public static List<Chart> empty(ChartText text) {
        return List.of(
                new HistogramChart(text, SALES, Axis.count("Rows"), List.of(), Double.NaN),
                BarChart.of(text, "Region", SALES, List.of(), List.of()),
                new LineChart(text, months(), SALES, List.of(new LineChart.Series("Sales", List.of()))),
                new ScatterChart(text, SALES, SALES, List.of(), List.of()),
                new BoxChart(text, "Species", MASS, List.of()),
                new PieChart(text, SALES, List.of()),
                new DensityChart(text, MASS, List.of()),
                new HeatmapChart(text, "", "", SALES, List.of(), List.of(), List.of(), Shading.SEQUENTIAL),
                new ViolinChart(text, "Species", MASS, List.of()),
                new AreaChart(text, months(), SALES, List.of(), AreaChart.Layout.OVERLAID),
                new PairChart(text, List.of(), List.of(), List.of()),
                new CustomChart(text, ""));
    }

    private static Axis months() {
        return Axis.of("Order Date", ValueFormat.date(DateGrain.MONTH));
    }

    private static Chart histogram(ChartText text) {
        List<Bin> bins = List.of(
                new Bin(Double.NEGATIVE_INFINITY, 0, 2),
                new Bin(0, 500, 41),
                new Bin(500, 1000, 23),
                new Bin(1000, 1500, 0),
                new Bin(1500, 2000, 4),
                new Bin(2000, Double.POSITIVE_INFINITY, 7));
        return new HistogramChart(text, SALES, Axis.count("Rows"), bins, 431.5);
    }

    private static Chart bar(ChartText text, List<String> categories) {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            first.add(1200.5 * (i + 1));
            second.add(i == 1 ? Double.NaN : -300.25 * i);
        }
        List<BarChart.Series> series = List.of(new BarChart.Series("2018", first), new BarChart.Series("2019", second));
        return new BarChart(text, "Region", SALES, categories, series, Layout.GROUPED, Orientation.AUTO);
    }

    private static Chart line(ChartText text, List<String> names) {
        List<LineChart.Series> series = new ArrayList<>();
        for (int s = 0; s < names.size(); s++) {
            List<Point> points = new ArrayList<>();
            for (int month = 0; month < 24; month++) {
                double at = LocalDate.of(2018, 1, 1)
                        .plusMonths(month)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                points.add(new Point(at, month == 9 ? Double.NaN : 1000 * (s + 1) + 40.0 * month));
            }
            series.add(new LineChart.Series(names.get(s), points));
        }
        return new LineChart(text, months(), SALES, series);
    }

    private static Chart area(ChartText text, List<String> names) {
        List<LineChart.Series> series = ((LineChart) line(text, names)).series();
        return new AreaChart(text, months(), SALES, series, AreaChart.Layout.STACKED);
    }

    private static Chart pair(ChartText text, List<String> names) {
        List<PairChart.Group> groups = new ArrayList<>();
        List<DensityChart.Curve> curves = new ArrayList<>();
        for (int g = 0; g < names.size(); g++) {
            List<List<Double>> rows = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                rows.add(List.of(50.0 + 7 * i + g, i == 3 ? Double.NaN : 3000 + 60.0 * i + 200 * g, 9.5 - i % 7));
            }
            groups.add(new PairChart.Group(names.get(g), rows));
            curves.add(new DensityChart.Curve(names.get(g), bell(3700 + 400.0 * g)));
        }
        List<PairChart.Variable> variables = List.of(
                new PairChart.Variable(SALES, List.of(new Bin(0, 100, 31), new Bin(100, 200, 47)), List.of()),
                new PairChart.Variable(MASS, List.of(), curves),
                new PairChart.Variable(Axis.of("Depth", ValueFormat.number()), List.of(new Bin(2, 11, 80)), List.of()));
        List<List<Double>> correlations =
                List.of(List.of(1.0, 0.87, Double.NaN), List.of(0.87, 1.0, -0.4), List.of(Double.NaN, -0.4, 1.0));
        return new PairChart(text, variables, groups, correlations);
    }

    private static Chart custom(ChartText text) {
        return new CustomChart(text, """
                {"data": [{"type": "bar", "name": "2018", "x": ["East", "West"], "y": [3, 4.5]},
                  {"type": "bar", "name": "2019", "x": ["East", "West"], "y": [5, null]}],
                 "layout": {"title": {"text": "Sales by Region"}, "yaxis": {"title": {"text": "Sales"}}}}""");
    }

    private static Chart scatter(ChartText text, List<String> names) {
        List<ScatterChart.Group> groups = new ArrayList<>();
        for (int g = 0; g < names.size(); g++) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                points.add(new Point(50 + 7 * i + g, 3000 + 60.0 * i + 200 * g));
            }
            groups.add(new ScatterChart.Group(names.get(g), points));
        }
        return new ScatterChart(
                text, SALES, MASS, groups, List.of(new FitLine(names.get(0), 8.57, 2571, 50, 218, 0.998)));
    }

    private static Chart box(ChartText text, List<String> categories) {
        List<BoxChart.Box> boxes = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            double up = 400.0 * i;
            boxes.add(new BoxChart.Box(
                    categories.get(i),
                    2850 + up,
                    3350 + up,
                    3700 + up,
                    4000 + up,
                    4775 + up,
                    List.of(2100 + up, 5900 + up),
                    151));
        }
        return new BoxChart(text, "Species", MASS, boxes);
    }

    private static Chart pie(ChartText text, List<String> categories) {
        List<PieChart.Slice> slices = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            slices.add(new PieChart.Slice(categories.get(i), 1000.0 / (i + 1)));
        }
        Collections.reverse(slices);
        return new PieChart(text, SALES, slices);
    }

    private static Chart density(ChartText text, List<String> names) {
        List<DensityChart.Curve> curves = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            curves.add(new DensityChart.Curve(names.get(i), bell(3700 + 400.0 * i)));
        }
        return new DensityChart(text, MASS, curves);
    }

    private static Chart violin(ChartText text, List<String> names) {
        List<ViolinChart.Violin> violins = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            double middle = 3700 + 400.0 * i;
            BoxChart.Box box = new BoxChart.Box(
                    names.get(i), middle - 800, middle - 300, middle, middle + 300, middle + 800, List.of(), 151);
            violins.add(new ViolinChart.Violin(box, bell(middle)));
        }
        return new ViolinChart(text, "Species", MASS, violins);
    }

    private static List<Point> bell(double middle) {
        List<Point> points = new ArrayList<>();
        for (int i = -10; i <= 10; i++) {
            points.add(new Point(middle + 100 * i, 0.001 / (1 + i * i / 10.0)));
        }
        return points;
    }

    private static Chart heatmap(ChartText text, List<String> names) {
        List<List<Double>> values = new ArrayList<>();
        for (int r = 0; r < names.size(); r++) {
            List<Double> row = new ArrayList<>();
            for (int c = 0; c < names.size(); c++) {
                row.add(r == 0 && c == 1 ? Double.NaN : Math.max(-1, 1 - 0.45 * Math.abs(r - c)));
            }
            values.add(row);
        }
        return new HeatmapChart(
                text, "", "", Axis.of("Correlation", ValueFormat.number()), names, names, values, Shading.CORRELATION);
    }
}
