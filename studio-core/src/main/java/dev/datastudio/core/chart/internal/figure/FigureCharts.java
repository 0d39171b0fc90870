package dev.datastudio.core.chart.internal.figure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.Charts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Custom figures as typed charts, where they are some: traces of one kind on one pair of axes. Numbers and words are
 * those of the figure; colours and other looks are the renderer's.
 */
public final class FigureCharts {
    private final JsonNode data;
    private final JsonNode layout;
    private final ChartText text;

    private FigureCharts(JsonNode figure, ChartText text) {
        this.data = figure.path("data");
        this.layout = figure.path("layout");
        this.text = text;
    }

    /**
     * The typed chart that shows what a figure does.
     *
     * @throws StudioException with {@link ErrorCode#CHART_INVALID} when the figure may not be shown at all,
     *     {@link ErrorCode#CHART_UNSUPPORTED} when only a browser can draw it
     */
    public static Chart of(CustomChart custom) {
        JsonNode figure = FigureCheck.check(custom.figure());
        FigureCharts charts = new FigureCharts(figure, custom.text());
        Set<String> types = new LinkedHashSet<>();
        Set<String> axes = new LinkedHashSet<>();
        for (JsonNode trace : figure.path("data")) {
            types.add(trace.path("type").asText().replace("scattergl", "scatter"));
            axes.add(trace.path("xaxis").asText("x") + trace.path("yaxis").asText("y"));
        }
        if (types.size() != 1) {
            throw unsupported("mixes traces of the types " + types);
        }
        if (axes.size() != 1) {
            throw unsupported("has several plots");
        }
        return charts.typed(types.iterator().next());
    }

    /** The title of a checked figure, without tags; empty when it has none. */
    public static String title(JsonNode figure) {
        return words(figure.path("layout").path("title"));
    }

    private Chart typed(String type) {
        return switch (type) {
            case "bar" -> bars();
            case "scatter" -> scatter();
            case "histogram" -> histogram();
            case "box" -> Charts.boxes(text, words(layout.path("xaxis").path("title")), spreadAxis(), spreads());
            case "violin" -> Charts.violins(text, words(layout.path("xaxis").path("title")), spreadAxis(), spreads());
            case "heatmap" -> heatmap();
            case "pie" -> pie();
            default -> throw unsupported("has traces of the type '" + type + "'");
        };
    }

    private static StudioException unsupported(String why) {
        return new StudioException(
                ErrorCode.CHART_UNSUPPORTED,
                "The custom figure can't be drawn as a picture, because it " + why,
                "Show it in the browser, or use traces of one of the types bar, scatter, histogram, box, violin, heatmap"
                        + " and pie on one pair of axes");
    }

    private static String words(JsonNode title) {
        String raw = title.isTextual() ? title.textValue() : title.path("text").asText("");
        return PlainText.bare(raw).replace("&lt;", "<").replace("&gt;", ">").replace("&#36;", "$");
    }

    private static String name(JsonNode trace) {
        return PlainText.bare(trace.path("name").asText(""));
    }

    private Axis axis(String name) {
        return Axis.of(words(layout.path(name).path("title")), ValueFormat.number());
    }

    private Axis scaled(String name) {
        Axis axis = axis(name);
        boolean log = layout.path(name).path("type").asText().equals("log");
        return log ? Axis.logarithmic(axis.title(), axis.format()) : axis;
    }

    private Chart bars() {
        boolean lying = data.get(0).path("orientation").asText().equals("h");
        Map<String, Map<Integer, Double>> table = new LinkedHashMap<>();
        for (int i = 0; i < data.size(); i++) {
            JsonNode names = required(data.get(i), lying ? "y" : "x");
            JsonNode values = required(data.get(i), lying ? "x" : "y");
            for (int k = 0; k < Math.min(names.size(), values.size()); k++) {
                table.computeIfAbsent(names.get(k).asText(), name -> new LinkedHashMap<>())
                        .put(i, number(values.get(k)));
            }
        }
        List<BarChart.Series> series = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            int place = i;
            series.add(new BarChart.Series(
                    name(data.get(i)),
                    table.values().stream()
                            .map(row -> row.getOrDefault(place, Double.NaN))
                            .toList()));
        }
        String mode = layout.path("barmode").asText("group");
        return new BarChart(
                text,
                words(layout.path(lying ? "yaxis" : "xaxis").path("title")),
                axis(lying ? "xaxis" : "yaxis"),
                List.copyOf(table.keySet()),
                series,
                mode.equals("stack") || mode.equals("relative") ? BarChart.Layout.STACKED : BarChart.Layout.GROUPED,
                lying ? BarChart.Orientation.HORIZONTAL : BarChart.Orientation.VERTICAL);
    }

    private Chart scatter() {
        List<ScatterChart.Group> groups = new ArrayList<>();
        List<LineChart.Series> lines = new ArrayList<>();
        boolean dates = isDates(required(data.get(0), "x"));
        boolean connected = false;
        boolean filled = false;
        for (JsonNode trace : data) {
            JsonNode x = required(trace, "x");
            JsonNode y = required(trace, "y");
            List<Point> points = new ArrayList<>();
            TreeMap<Double, Double> rising = new TreeMap<>();
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                double place = dates ? millis(x.get(i)) : number(x.get(i));
                double height = number(y.get(i));
                if (!Double.isNaN(place)) {
                    rising.put(place, height);
                    if (!Double.isNaN(height)) {
                        points.add(new Point(place, height));
                    }
                }
            }
            groups.add(new ScatterChart.Group(name(trace), points));
            List<Point> line = new ArrayList<>();
            rising.forEach((place, height) -> line.add(new Point(place, height)));
            lines.add(new LineChart.Series(name(trace), line));
            connected |= trace.path("mode").asText("lines").contains("lines");
            filled |= trace.path("fill").asText().startsWith("tozero") || trace.has("stackgroup");
        }
        Axis across = dates ? Axis.of(axis("xaxis").title(), ValueFormat.date(DateGrain.DAY)) : scaled("xaxis");
        if (filled) {
            boolean stacked = data.get(0).has("stackgroup");
            return new AreaChart(
                    text, across, axis("yaxis"), lines, stacked ? AreaChart.Layout.STACKED : AreaChart.Layout.OVERLAID);
        }
        return connected
                ? new LineChart(text, across, scaled("yaxis"), lines)
                : new ScatterChart(text, across, scaled("yaxis"), groups, List.of());
    }

    private Chart histogram() {
        if (data.size() > 1) {
            throw unsupported("has several histograms in one plot");
        }
        return Charts.histogram(text, axis("xaxis"), numbers(required(data.get(0), "x")));
    }

    private Axis spreadAxis() {
        return axis("yaxis");
    }

    private Map<String, double[]> spreads() {
        Map<String, double[]> spreads = new LinkedHashMap<>();
        for (JsonNode trace : data) {
            if (trace.has("x")) {
                throw unsupported("has categories within a trace");
            }
            String name = name(trace);
            spreads.put(name.isEmpty() ? "trace " + spreads.size() : name, numbers(required(trace, "y")));
        }
        return spreads;
    }

    private Chart heatmap() {
        JsonNode z = required(data.get(0), "z");
        List<List<Double>> values = new ArrayList<>();
        for (JsonNode line : z) {
            List<Double> row = new ArrayList<>();
            line.forEach(cell -> row.add(number(cell)));
            values.add(row);
        }
        int wide = values.get(0).size();
        if (data.size() > 1 || values.stream().anyMatch(row -> row.size() != wide)) {
            throw unsupported("has several heatmaps, or rows of different lengths");
        }
        return new HeatmapChart(
                text,
                words(layout.path("xaxis").path("title")),
                words(layout.path("yaxis").path("title")),
                Axis.of("", ValueFormat.number()),
                names(data.get(0).path("x"), wide),
                names(data.get(0).path("y"), values.size()),
                values,
                HeatmapChart.Shading.SEQUENTIAL);
    }

    private static List<String> names(JsonNode list, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(i < list.size() ? list.get(i).asText() : String.valueOf(i));
        }
        return names;
    }

    private Chart pie() {
        if (data.size() > 1) {
            throw unsupported("has several pies");
        }
        JsonNode values = required(data.get(0), "values");
        List<Double> amounts = new ArrayList<>();
        values.forEach(value -> amounts.add(number(value)));
        return Charts.pie(
                text, Axis.of("", ValueFormat.number()), names(data.get(0).path("labels"), amounts.size()), amounts);
    }

    private static JsonNode required(JsonNode trace, String name) {
        JsonNode list = trace.path(name);
        if (!list.isArray() || list.isEmpty()) {
            throw unsupported("has a trace without '" + name + "'");
        }
        return list;
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i));
        }
        return numbers;
    }

    private static double number(JsonNode value) {
        if (value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber()) {
            throw unsupported("has the text " + StudioException.quote(value.asText()) + " where numbers stand");
        }
        return value.asDouble();
    }

    private static boolean isDates(JsonNode list) {
        return list.get(0).isTextual() && !Double.isNaN(millis(list.get(0)));
    }

    private static double millis(JsonNode value) {
        String raw = value.asText().replace(' ', 'T');
        try {
            if (raw.length() == 10) {
                return LocalDate.parse(raw)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
            return raw.endsWith("Z")
                    ? Instant.parse(raw).toEpochMilli()
                    : LocalDateTime.parse(raw).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException e) {
            // Plotly takes a text that is no date for the name of a category.
            return Double.NaN;
        }
    }
}
