package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.ViolinChart;
import dev.datastudio.api.chart.ViolinChart.Violin;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.core.chart.BoxStatistics;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.ValueSummary;
import dev.datastudio.core.chart.internal.Notes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the values of one number spread: histograms, densities, boxes, violins. Not thread-safe. */
final class SpreadCharts {
    private static final int MAX_CURVES = 8;
    private static final int MAX_BOXES = 20;
    private static final int MAX_VIOLINS = 12;

    private final Rows rows;
    private final Inputs inputs;
    private final List<String> suggestions;

    SpreadCharts(Rows rows, Inputs inputs, List<String> suggestions) {
        this.rows = rows;
        this.inputs = inputs;
        this.suggestions = suggestions;
    }

    Chart histogram() {
        Column x = inputs.numeric(inputs.needX(ChartKind.HISTOGRAM, "a number"), ChartKind.HISTOGRAM);
        if (inputs.group() != null) {
            return density();
        }
        Axis.Scale scale = inputs.request().scale();
        Spread spread = Spread.of(rows, x, scale);
        spread.suggestLogarithm(suggestions);
        int wanted = inputs.request().bins();
        ValueSummary summary = spread.summary();
        double[] edges = wanted == 0 ? summary.edges() : summary.edges(wanted);
        ChartText text = spread.noted(inputs.text("Distribution of " + x.name()));
        List<Bin> bins = edges.length == 0 ? List.of() : bins(x, scale, edges);
        if (scale == Axis.Scale.LINEAR) {
            return Charts.histogram(text, Rows.axis(x, scale), summary, bins);
        }
        return Charts.histogram(text, Rows.axis(x, scale), powers(summary), bins);
    }

    private List<Bin> bins(Column x, Axis.Scale scale, double[] edges) {
        long[] counts = BinCounts.of(rows, Spread.value(x, scale), edges);
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i + 1 < edges.length; i++) {
            bins.add(new Bin(edge(edges[i], scale), edge(edges[i + 1], scale), counts[i]));
        }
        return bins;
    }

    private static double edge(double edge, Axis.Scale scale) {
        if (scale == Axis.Scale.LINEAR) {
            return edge;
        }
        return edge == Double.NEGATIVE_INFINITY ? edge : Math.pow(10, edge);
    }

    /** The summary of the numbers themselves from that of their logarithms; quantiles move with the scale. */
    private static ValueSummary powers(ValueSummary logs) {
        return new ValueSummary(
                logs.count(),
                logs.missing(),
                Math.pow(10, logs.min()),
                Math.pow(10, logs.q1()),
                Math.pow(10, logs.median()),
                Math.pow(10, logs.q3()),
                Math.pow(10, logs.max()),
                logs.values());
    }

    Chart density() {
        Column x = inputs.numeric(inputs.needX(ChartKind.DENSITY, "a number"), ChartKind.DENSITY);
        Spread spread = Spread.of(rows, x, Axis.Scale.LINEAR);
        spread.suggestLogarithm(suggestions);
        @Nullable Column by = inputs.group();
        @Nullable Groups groups = by == null ? null : Groups.mostFrequent(rows, by, MAX_CURVES);
        Map<String, List<Point>> found = new Densities(rows, Rows.number(x), groups, spread.support()).curves(3);
        ChartText text = spread.notedAll(inputs.text("Distribution of " + x.name() + inputs.by()));
        List<Curve> curves = new ArrayList<>();
        List<String> few = new ArrayList<>();
        for (String name : groups == null ? List.of("") : groups.names()) {
            List<Point> points = found.getOrDefault(name, List.of());
            if (!points.isEmpty()) {
                curves.add(new Curve(name, points));
            } else if (spread.summary().count() > 0) {
                few.add(name);
            }
        }
        text = Wording.subtitle(Notes.withFewValues(text, few), groups == null ? "" : groups.subtitle());
        return new DensityChart(text, Rows.axis(x, Axis.Scale.LINEAR), curves);
    }

    Chart boxes() {
        Parts parts = parts(ChartKind.BOX, MAX_BOXES);
        Axis.Scale scale = inputs.request().scale();
        Spread spread = Spread.of(rows, parts.value, scale);
        spread.suggestLogarithm(suggestions);
        Boxes found = Boxes.of(rows, Spread.value(parts.value, scale), parts.groups, Boxes.Outliers.READ);
        List<Box> boxes = new ArrayList<>();
        for (String name : parts.names()) {
            @Nullable Box box = found.boxes().get(name);
            if (box != null) {
                boxes.add(scale == Axis.Scale.LINEAR ? box : power(box));
            }
        }
        ChartText text = spread.notedAll(inputs.text("Distribution of " + parts.value.name() + parts.by()));
        if (found.shownOutliers() < found.allOutliers()) {
            text = text.withNote("Showing " + Wording.count(found.shownOutliers(), "outlier") + " of "
                    + String.format(java.util.Locale.ROOT, "%,d", found.allOutliers()));
        }
        text = Wording.subtitle(approximate(text), parts.subtitle());
        return new BoxChart(text, parts.title(), Rows.axis(parts.value, scale), boxes);
    }

    private ChartText approximate(ChartText text) {
        return Spread.isExact(rows) ? text : text.withNote("Quartiles are approximate, because there are many rows");
    }

    private static Box power(Box logs) {
        return new Box(
                logs.label(),
                Math.pow(10, logs.lowerFence()),
                Math.pow(10, logs.q1()),
                Math.pow(10, logs.median()),
                Math.pow(10, logs.q3()),
                Math.pow(10, logs.upperFence()),
                logs.outliers().stream().map(value -> Math.pow(10, value)).toList(),
                logs.count());
    }

    Chart violins() {
        Parts parts = parts(ChartKind.VIOLIN, MAX_VIOLINS);
        Spread spread = Spread.of(rows, parts.value, Axis.Scale.LINEAR);
        spread.suggestLogarithm(suggestions);
        String value = Rows.number(parts.value);
        Map<String, Box> boxes =
                Boxes.of(rows, value, parts.groups, Boxes.Outliers.SKIPPED).boxes();
        Map<String, List<Point>> outlines = new Densities(rows, value, parts.groups, spread.support()).curves(0);
        ChartText text = spread.notedAll(inputs.text("Distribution of " + parts.value.name() + parts.by()));
        List<Violin> violins = new ArrayList<>();
        List<String> few = new ArrayList<>();
        for (String name : parts.names()) {
            @Nullable Box box = boxes.get(name);
            List<Point> outline = outlines.getOrDefault(name, List.of());
            if (box != null && !outline.isEmpty()) {
                violins.add(new Violin(box, outline));
            } else if (spread.summary().count() > 0) {
                few.add(name);
            }
        }
        text = Wording.subtitle(
                approximate(Notes.withFewValues(Notes.withWidths(text, violins), few)), parts.subtitle());
        return new ViolinChart(text, parts.title(), Rows.axis(parts.value, Axis.Scale.LINEAR), violins);
    }

    /** The number and the categories: {@code y} by {@code x}, or {@code x} by {@code group}. */
    private Parts parts(ChartKind kind, int most) {
        @Nullable Column y = inputs.y();
        Column x = inputs.needX(kind, "a number, or a category beside a number 'y'");
        Column value = inputs.numeric(y == null ? x : y, kind);
        @Nullable Column by = y == null ? inputs.group() : x;
        return new Parts(value, by == null ? null : Groups.mostFrequent(rows, by, most));
    }

    private record Parts(Column value, @Nullable Groups groups) {
        List<String> names() {
            return groups == null ? List.of("") : groups.names();
        }

        String by() {
            return groups == null ? "" : " by " + groups.column().name();
        }

        String title() {
            return groups == null ? "" : groups.column().name();
        }

        String subtitle() {
            return groups == null ? "" : groups.subtitle();
        }
    }

    /** The rows' categories and values as a table of {@code g} and {@code v} in SQL. */
    static String categorised(Rows rows, String value, @Nullable Groups groups) {
        String category = groups == null ? "''" : groups.sql();
        return "(SELECT " + category + " AS g, " + value + " AS v FROM " + rows.table() + ")";
    }

    static List<Object> parameters(@Nullable Groups groups) {
        return groups == null ? List.of() : List.copyOf(groups.parameters());
    }

    /** Rows by their first value, a name. */
    static Map<String, List<@Nullable Object>> byName(List<List<@Nullable Object>> rows) {
        Map<String, List<@Nullable Object>> byName = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows) {
            byName.put(String.valueOf(row.get(0)), row);
        }
        return byName;
    }

    /** Outliers that are drawn. */
    static List<Double> shown(List<Double> outliers) {
        return BoxStatistics.shown(outliers.stream().sorted().toList());
    }
}
