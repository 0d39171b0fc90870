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
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the traces of each kind of chart; {@link PlotlyLayout} writes the layout. Not thread-safe. */
public final class PlotlyWriter {
    private static final int LONG_LABEL = 14;

    private final JsonGenerator json;
    private final PlotlyLayout layout;
    private final NumberWords numbers = new NumberWords(Locale.ENGLISH);

    public PlotlyWriter(JsonGenerator json) {
        this.json = json;
        this.layout = new PlotlyLayout(json);
    }

    /** Writes the whole figure. */
    public void write(Chart chart) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("data");
        if (chart instanceof HistogramChart histogram) {
            histogram(histogram);
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
        layout.common(chart.text(), chart.isEmpty());
        if (!(chart instanceof PieChart)) {
            layout.ground();
        }
        if (chart instanceof HistogramChart histogram) {
            histogramLayout(histogram);
        } else if (chart instanceof BarChart bar) {
            barLayout(bar);
        } else if (chart instanceof LineChart line) {
            layout.legend(line.series().size() > 1);
            layout.values("xaxis", line.x(), false);
            layout.values("yaxis", line.y(), true);
        } else if (chart instanceof ScatterChart scatter) {
            layout.legend(scatter.groups().size() > 1);
            layout.values("xaxis", scatter.x(), true);
            layout.values("yaxis", scatter.y(), true);
        } else if (chart instanceof BoxChart box) {
            layout.legend(false);
            layout.categories("xaxis", box.categoryTitle(), false);
            layout.values("yaxis", box.value(), true);
        } else if (chart instanceof PieChart) {
            layout.legend(true);
        } else if (chart instanceof PairChart pair) {
            new PlotlyPairs(json).layout(layout, pair);
        } else if (!(chart instanceof CustomChart)) {
            PlotlyShapes.layout(layout, chart);
        }
        layout.finish();
    }

    /** Bars as wide as their bins; open bins as wide as the one beside them, with a gap between. */
    private void histogram(HistogramChart chart) throws IOException {
        if (chart.isEmpty()) {
            return;
        }
        trace("bar", "");
        List<Double> centers = new ArrayList<>();
        List<Double> widths = new ArrayList<>();
        List<Integer> colours = new ArrayList<>();
        List<String> hovers = new ArrayList<>();
        for (int i = 0; i < chart.bins().size(); i++) {
            Bin bin = chart.bins().get(i);
            double[] edges = drawnEdges(chart.bins(), i);
            centers.add((edges[0] + edges[1]) / 2);
            widths.add(edges[1] - edges[0]);
            colours.add(bin.isBounded() ? Palette.series(0) : Palette.tint(Palette.series(0), 0.55));
            hovers.add(name(bin, chart.value()) + ": " + numbers.whole(bin.count()));
        }
        numbers("x", centers);
        numbers("width", widths);
        json.writeArrayFieldStart("y");
        for (Bin bin : chart.bins()) {
            json.writeNumber(bin.count());
        }
        json.writeEndArray();
        texts("hovertext", hovers);
        json.writeStringField("hoverinfo", "text");
        json.writeObjectFieldStart("marker");
        json.writeArrayFieldStart("color");
        for (int colour : colours) {
            json.writeString(Palette.hex(colour));
        }
        json.writeEndArray();
        json.writeObjectFieldStart("line");
        json.writeStringField("color", Palette.hex(Palette.WHITE));
        json.writeNumberField("width", 1);
        json.writeEndObject();
        json.writeEndObject();
        json.writeBooleanField("showlegend", false);
        json.writeEndObject();
    }

    private static double[] drawnEdges(List<Bin> bins, int index) {
        Bin bin = bins.get(index);
        if (bin.isBounded()) {
            return new double[] {bin.from(), bin.to()};
        }
        double low = bins.get(0).isBounded() ? bins.get(0).from() : bins.get(0).to();
        Bin last = bins.get(bins.size() - 1);
        double high = last.isBounded() ? last.to() : last.from();
        double width = (high - low) * 0.06;
        return Double.isInfinite(bin.from())
                ? new double[] {low - 1.6 * width, low - 0.6 * width}
                : new double[] {high + 0.6 * width, high + 1.6 * width};
    }

    private String name(Bin bin, Axis axis) {
        if (Double.isInfinite(bin.from())) {
            return "< " + numbers.value(bin.to(), axis.format());
        }
        String from = numbers.value(bin.from(), axis.format());
        return Double.isInfinite(bin.to()) ? "≥ " + from : from + " to " + numbers.value(bin.to(), axis.format());
    }

    private void histogramLayout(HistogramChart chart) throws IOException {
        layout.legend(false);
        layout.values("xaxis", chart.value(), false);
        layout.values("yaxis", chart.count(), true);
        if (!chart.isEmpty()) {
            json.writeNumberField("bargap", 0);
        }
        if (!chart.isEmpty() && !Double.isNaN(chart.median())) {
            layout.marker(
                    chart.median(),
                    "median " + numbers.value(chart.median(), chart.value().format()));
        }
        for (int i = 0; i < chart.bins().size(); i++) {
            if (!chart.bins().get(i).isBounded()) {
                double[] edges = drawnEdges(chart.bins(), i);
                layout.nameBelow((edges[0] + edges[1]) / 2, name(chart.bins().get(i), chart.value()));
            }
        }
    }

    private void bar(BarChart chart) throws IOException {
        boolean lying = isLying(chart);
        for (int i = 0; i < chart.series().size(); i++) {
            BarChart.Series series = chart.series().get(i);
            trace("bar", series.name());
            texts(lying ? "y" : "x", chart.categories());
            numbers(lying ? "x" : "y", series.values());
            if (lying) {
                json.writeStringField("orientation", "h");
            }
            colour("marker", Palette.series(i));
            json.writeEndObject();
        }
    }

    private void barLayout(BarChart chart) throws IOException {
        boolean lying = isLying(chart);
        layout.legend(chart.series().size() > 1);
        layout.categories(lying ? "yaxis" : "xaxis", chart.categoryTitle(), lying);
        layout.values(lying ? "xaxis" : "yaxis", chart.value(), true);
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
        for (int i = 0; i < chart.series().size(); i++) {
            LineChart.Series series = chart.series().get(i);
            trace("scatter", series.name());
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

    private void scatter(ScatterChart chart) throws IOException {
        for (int i = 0; i < chart.groups().size(); i++) {
            ScatterChart.Group group = chart.groups().get(i);
            trace("scatter", group.name());
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
            trace("scatter", fit.name().isEmpty() ? "fit" : "fit " + fit.name());
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
        texts("labels", labels);
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

    private void trace(String type, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (!name.isEmpty()) {
            json.writeStringField("name", PlotlyLayout.text(name));
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
            json.writeString(PlotlyLayout.text(text));
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
