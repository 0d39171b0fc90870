package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ViolinChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes the traces of each kind of chart; {@link PlotlyLayout} writes the layout. Not thread-safe. */
public final class PlotlyWriter {
    private static final int LONG_LABEL = 14;

    private final JsonGenerator json;
    private final PlotlyLayout layout;

    public PlotlyWriter(JsonGenerator json) {
        this.json = json;
        this.layout = new PlotlyLayout(json);
    }

    /** Writes the whole figure. */
    public void write(Chart chart) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("data");
        if (chart instanceof HistogramChart histogram) {
            new PlotlyHistogram(json).write(histogram);
        } else if (chart instanceof BarChart bar) {
            bar(bar);
        } else if (chart instanceof LineChart line) {
            line(line);
        } else if (chart instanceof ScatterChart scatter) {
            scatter(scatter);
        } else if (chart instanceof BoxChart box) {
            box(box);
        } else if (chart instanceof PieChart pie) {
            pie(pie);
        } else if (chart instanceof PairChart pair) {
            new PlotlyPairs(json).write(pair);
        } else {
            new PlotlyShapes(json).write(chart);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("layout");
        layout(chart);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void layout(Chart chart) throws IOException {
        PlotlyAxes axes = new PlotlyAxes(json, chart.isEmpty() ? PlotlyAxes.Look.HIDDEN : PlotlyAxes.Look.SHOWN);
        layout.common(chart.text(), chart.isEmpty(), PlotlyAxes.depthPx(below(chart)));
        if (!(chart instanceof PieChart)) {
            layout.ground();
        }
        if (chart instanceof HistogramChart histogram) {
            new PlotlyHistogram(json).layout(layout, axes, histogram);
        } else if (chart instanceof BarChart bar) {
            barLayout(bar, axes);
        } else if (chart instanceof LineChart line) {
            layout.legend(line.series().size() + line.bands().size() > 1);
            xy(
                    axes,
                    line.x(),
                    line.y(),
                    false,
                    Stream.concat(
                            line.series().stream().flatMap(one -> one.points().stream()),
                            line.bands().stream()
                                    .flatMap(one -> one.spans().stream())
                                    .flatMap(span -> Stream.of(
                                            new Point(span.x(), span.low()), new Point(span.x(), span.high())))));
        } else if (chart instanceof ScatterChart scatter) {
            layout.legend(scatter.groups().size() > 1);
            xy(axes, scatter.x(), scatter.y(), true, scatter.groups().stream().flatMap(one -> one.points().stream()));
        } else if (chart instanceof BoxChart box) {
            layout.legend(false);
            axes.categoriesBelow(box.categoryTitle(), below(box));
            axes.values(
                    "yaxis",
                    box.value(),
                    true,
                    box.boxes().stream().map(Box::upperFence).toList());
        } else if (chart instanceof PieChart) {
            layout.legend(true);
            json.writeObjectFieldStart("uniformtext");
            json.writeNumberField("minsize", 10);
            json.writeStringField("mode", "hide");
            json.writeEndObject();
        } else if (chart instanceof PairChart pair) {
            new PlotlyPairs(json).layout(layout, pair);
        } else if (!(chart instanceof CustomChart)) {
            PlotlyShapes.layout(layout, axes, chart);
        }
        layout.finish();
    }

    /** Two axes of numbers or moments. */
    static void xy(PlotlyAxes axes, Axis x, Axis y, boolean grid, Stream<Point> points) throws IOException {
        List<Point> all = points.toList();
        axes.values("xaxis", x, grid, all.stream().map(Point::x).toList());
        axes.values("yaxis", y, true, all.stream().map(Point::y).toList());
    }

    /** The names that stand below the plot, from left to right. */
    private static List<String> below(Chart chart) {
        if (chart instanceof BarChart bar && !isLying(bar)) {
            return bar.categories();
        } else if (chart instanceof BoxChart box) {
            return box.boxes().stream().map(Box::label).toList();
        } else if (chart instanceof ViolinChart violin) {
            return violin.violins().stream().map(one -> one.box().label()).toList();
        } else if (chart instanceof HeatmapChart heatmap) {
            return heatmap.columns();
        }
        return List.of();
    }

    private void bar(BarChart chart) throws IOException {
        boolean lying = isLying(chart);
        List<String> names = PlotlyWords.names(
                chart.series().stream().map(BarChart.Series::name).toList());
        for (int i = 0; i < chart.series().size(); i++) {
            BarChart.Series series = chart.series().get(i);
            trace("bar", names.get(i));
            texts(lying ? "y" : "x", chart.categories());
            numbers(lying ? "x" : "y", series.values());
            if (lying) {
                json.writeStringField("orientation", "h");
            }
            colour("marker", Palette.series(i));
            json.writeEndObject();
        }
    }

    private void barLayout(BarChart chart, PlotlyAxes axes) throws IOException {
        boolean lying = isLying(chart);
        layout.legend(chart.series().size() > 1);
        if (lying) {
            axes.categoriesBeside(chart.categoryTitle(), chart.categories());
        } else {
            axes.categoriesBelow(chart.categoryTitle(), chart.categories());
        }
        List<Double> values =
                chart.series().stream().flatMap(one -> one.values().stream()).toList();
        axes.values(lying ? "xaxis" : "yaxis", chart.value(), true, values);
        if (chart.isEmpty()) {
            return;
        }
        json.writeStringField("barmode", chart.layout() == BarChart.Layout.STACKED ? "relative" : "group");
        json.writeNumberField("bargap", 0.24);
    }

    private static boolean isLying(BarChart chart) {
        if (chart.orientation() != BarChart.Orientation.AUTO) {
            return chart.orientation() == BarChart.Orientation.HORIZONTAL;
        }
        boolean longLabels = false;
        for (String category : chart.categories()) {
            longLabels |= category.length() > LONG_LABEL;
        }
        return longLabels && chart.categories().size() <= 24;
    }

    private void line(LineChart chart) throws IOException {
        List<String> names = PlotlyWords.names(
                chart.series().stream().map(LineChart.Series::name).toList());
        for (LineChart.Band band : chart.bands()) {
            band(band); // first, and so behind the lines
        }
        for (int i = 0; i < chart.series().size(); i++) {
            LineChart.Series series = chart.series().get(i);
            trace("scatter", names.get(i));
            points(series.points());
            json.writeStringField("mode", series.points().size() <= 36 ? "lines+markers" : "lines");
            json.writeBooleanField("connectgaps", false);
            json.writeObjectFieldStart("line");
            json.writeStringField("color", Palette.hex(Palette.series(i)));
            json.writeNumberField("width", 2);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    /** One closed line around the area, whose corners say nothing of their own. */
    private void band(LineChart.Band band) throws IOException {
        trace("scatter", PlotlyWords.text(band.name()));
        List<Point> around = new ArrayList<>();
        band.spans().forEach(span -> around.add(new Point(span.x(), span.high())));
        for (int i = band.spans().size() - 1; i >= 0; i--) {
            around.add(new Point(band.spans().get(i).x(), band.spans().get(i).low()));
        }
        points(around);
        json.writeStringField("mode", "lines");
        json.writeStringField("fill", "toself");
        json.writeStringField("fillcolor", PlotlyWords.pale(Palette.series(band.series())));
        json.writeStringField("hoverinfo", "skip");
        json.writeObjectFieldStart("line");
        json.writeStringField("color", Palette.hex(Palette.series(band.series())));
        json.writeNumberField("width", 0);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void scatter(ScatterChart chart) throws IOException {
        List<String> names = PlotlyWords.names(
                chart.groups().stream().map(ScatterChart.Group::name).toList());
        for (int i = 0; i < chart.groups().size(); i++) {
            ScatterChart.Group group = chart.groups().get(i);
            trace("scatter", names.get(i));
            points(group.points());
            json.writeStringField("mode", "markers");
            json.writeObjectFieldStart("marker");
            json.writeStringField("color", Palette.hex(Palette.series(i)));
            json.writeNumberField("size", 7);
            json.writeNumberField("opacity", 0.65);
            json.writeEndObject();
            json.writeEndObject();
        }
        for (FitLine fit : chart.fits()) {
            trace("scatter", fit.name().isEmpty() ? "fit" : PlotlyWords.text("fit " + fit.name()));
            numbers("x", List.of(fit.from(), fit.to()));
            numbers("y", List.of(fit.at(fit.from()), fit.at(fit.to())));
            json.writeStringField("mode", "lines");
            json.writeStringField("hoverinfo", "skip");
            json.writeBooleanField("showlegend", false);
            json.writeObjectFieldStart("line");
            json.writeStringField("color", Palette.hex(Palette.INK));
            json.writeNumberField("width", 2);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    /** One trace for all boxes, from their computed numbers; the outliers are points of a second trace. */
    private void box(BoxChart chart) throws IOException {
        if (chart.isEmpty()) {
            return;
        }
        trace("box", "");
        List<String> labels = new ArrayList<>();
        for (Box box : chart.boxes()) {
            labels.add(box.label());
        }
        texts("x", labels);
        quartiles(chart.boxes());
        colour("marker", Palette.series(0));
        colour("line", Palette.series(0));
        json.writeStringField("fillcolor", Palette.hex(Palette.tint(Palette.series(0), 0.45)));
        json.writeBooleanField("showlegend", false);
        json.writeEndObject();
        outliers(chart.boxes());
    }

    private void quartiles(List<Box> boxes) throws IOException {
        List<Double> lower = new ArrayList<>();
        List<Double> q1 = new ArrayList<>();
        List<Double> median = new ArrayList<>();
        List<Double> q3 = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        for (Box box : boxes) {
            lower.add(box.lowerFence());
            q1.add(box.q1());
            median.add(box.median());
            q3.add(box.q3());
            upper.add(box.upperFence());
        }
        numbers("lowerfence", lower);
        numbers("q1", q1);
        numbers("median", median);
        numbers("q3", q3);
        numbers("upperfence", upper);
    }

    private void outliers(List<Box> boxes) throws IOException {
        List<String> labels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Box box : boxes) {
            for (double outlier : box.outliers()) {
                labels.add(box.label());
                values.add(outlier);
            }
        }
        if (values.isEmpty()) {
            return;
        }
        trace("scatter", "");
        texts("x", labels);
        numbers("y", values);
        json.writeStringField("mode", "markers");
        json.writeObjectFieldStart("marker");
        json.writeStringField("color", Palette.hex(Palette.series(0)));
        json.writeNumberField("size", 5);
        json.writeNumberField("opacity", 0.45);
        json.writeEndObject();
        json.writeBooleanField("showlegend", false);
        json.writeEndObject();
    }

    private void pie(PieChart chart) throws IOException {
        if (chart.isEmpty()) {
            return;
        }
        trace("pie", "");
        List<String> labels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (PieChart.Slice slice : chart.slices()) {
            labels.add(slice.label());
            values.add(slice.value());
        }
        names("labels", labels);
        numbers("values", values);
        json.writeBooleanField("sort", false);
        json.writeStringField("direction", "clockwise");
        json.writeStringField("textinfo", "percent");
        json.writeStringField("textposition", "inside");
        json.writeObjectFieldStart("marker");
        json.writeArrayFieldStart("colors");
        for (int i = 0; i < labels.size(); i++) {
            json.writeString(Palette.hex(Palette.series(i)));
        }
        json.writeEndArray();
        json.writeObjectFieldStart("line");
        json.writeStringField("color", Palette.hex(Palette.WHITE));
        json.writeNumberField("width", 1.6);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /**
     * Begins a trace.
     *
     * @param name as {@link PlotlyWords} has it; empty for none
     */
    private void trace(String type, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (!name.isEmpty()) {
            json.writeStringField("name", name);
        }
    }

    private void colour(String field, int colour) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("color", Palette.hex(colour));
        json.writeEndObject();
    }

    private void points(List<Point> points) throws IOException {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (Point point : points) {
            x.add(point.x());
            y.add(point.y());
        }
        numbers("x", x);
        numbers("y", y);
    }

    private void texts(String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(PlotlyWords.text(text));
        }
        json.writeEndArray();
    }

    private void names(String field, List<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : PlotlyWords.names(names)) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private void numbers(String field, List<Double> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (double value : values) {
            PlotlyLayout.number(json, value);
        }
        json.writeEndArray();
    }
}
