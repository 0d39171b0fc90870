package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a histogram as bars, because its values are counted already. Not thread-safe. */
final class PlotlyHistogram {
    private static final int TICKS = 6;

    private final JsonGenerator json;
    private final NumberWords numbers = new NumberWords(Locale.ENGLISH);

    PlotlyHistogram(JsonGenerator json) {
        this.json = json;
    }

    /** Bars as wide as their bins; open bins as wide as the one beside them, with a gap between. */
    void write(HistogramChart chart) throws IOException {
        if (chart.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("type", "bar");
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
        json.writeArrayFieldStart("hovertext");
        for (String hover : hovers) {
            json.writeString(PlotlyWords.text(hover));
        }
        json.writeEndArray();
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

    void layout(PlotlyLayout layout, PlotlyAxes axes, HistogramChart chart) throws IOException {
        layout.legend(false);
        binned(chart, axes);
        List<Double> counts =
                chart.bins().stream().map(bin -> (double) bin.count()).toList();
        axes.values("yaxis", chart.count(), true, counts);
        if (!chart.isEmpty()) {
            json.writeNumberField("bargap", 0);
        }
        if (!chart.isEmpty() && !Double.isNaN(chart.median())) {
            layout.marker(
                    chart.median(),
                    "median " + numbers.value(chart.median(), chart.value().format()));
        }
    }

    /** Open bins have names instead of a place on the axis, so that its ticks end before them. */
    private void binned(HistogramChart chart, PlotlyAxes axes) throws IOException {
        List<Double> edges = new ArrayList<>();
        List<Double> places = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < chart.bins().size(); i++) {
            Bin bin = chart.bins().get(i);
            if (bin.isBounded()) {
                edges.addAll(List.of(bin.from(), bin.to()));
            } else {
                double[] drawn = drawnEdges(chart.bins(), i);
                places.add((drawn[0] + drawn[1]) / 2);
                names.add(PlotlyWords.text(name(bin, chart.value())));
            }
        }
        boolean plain = places.isEmpty() || edges.isEmpty() || chart.value().scale() == Axis.Scale.LOG;
        if (plain) {
            axes.values("xaxis", chart.value(), false, edges);
            return;
        }
        double low = edges.get(0);
        double high = edges.get(edges.size() - 1);
        AxisTicks ticks = AxisTicks.of(chart.value(), low, high, TICKS, Locale.ENGLISH);
        double room = (high - low) / TICKS / 2;
        for (int i = 0; i < ticks.values().size(); i++) {
            double place = ticks.values().get(i);
            if (places.stream().allMatch(open -> Math.abs(open - place) > room)) {
                places.add(place);
                names.add(PlotlyWords.text(ticks.labels().get(i)));
            }
        }
        axes.ticks("xaxis", chart.value(), places, names);
    }

    private void numbers(String field, List<Double> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (double value : values) {
            PlotlyLayout.number(json, value);
        }
        json.writeEndArray();
    }
}
