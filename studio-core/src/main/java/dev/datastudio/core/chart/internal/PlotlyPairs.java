package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PairChart.Group;
import dev.datastudio.api.chart.PairChart.Variable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a grid of small plots: each has axes of its own that move with those of its row and column. */
final class PlotlyPairs {
    private static final double GAP = 0.02;

    /** About how many letters stand below the whole plot, and beside it. */
    private static final int LETTERS_ACROSS = 52;

    private static final int LETTERS_UPWARD = 44;

    private final JsonGenerator json;

    PlotlyPairs(JsonGenerator json) {
        this.json = json;
    }

    void write(PairChart chart) throws IOException {
        if (chart.isEmpty()) {
            return;
        }
        for (int row = 0; row < chart.variables().size(); row++) {
            spread(chart, row);
            for (int column = 0; column < row; column++) {
                points(chart, column, row);
            }
        }
    }

    void layout(PlotlyLayout layout, PairChart chart) throws IOException {
        layout.legend(chart.groups().size() > 1);
        if (chart.isEmpty()) {
            return;
        }
        json.writeNumberField("bargap", 0);
        int count = chart.variables().size();
        for (int row = 0; row < count; row++) {
            for (int column = 0; column <= row; column++) {
                axes(chart, row, column);
            }
        }
        json.writeArrayFieldStart("shapes");
        for (int row = 0; row < count; row++) {
            for (int column = row + 1; column < count; column++) {
                ground(chart, row, column);
            }
        }
        json.writeEndArray();
        for (int row = 0; row < count; row++) {
            for (int column = row + 1; column < count; column++) {
                coefficient(layout, chart, row, column);
            }
        }
    }

    private void spread(PairChart chart, int index) throws IOException {
        Variable variable = chart.variables().get(index);
        if (!variable.bins().isEmpty()) {
            start("bar", "", chart, index, index);
            List<Double> centers = new ArrayList<>();
            List<Double> widths = new ArrayList<>();
            List<Double> counts = new ArrayList<>();
            for (Bin bin : variable.bins()) {
                centers.add((bin.from() + bin.to()) / 2);
                widths.add(bin.to() - bin.from());
                counts.add((double) bin.count());
            }
            numbers("x", centers);
            numbers("width", widths);
            numbers("y", counts);
            colour("marker", Palette.series(0));
            end(false);
        }
        for (Curve curve : variable.curves()) {
            start("scatter", curve.name(), chart, index, index);
            numbers("x", curve.points().stream().map(Point::x).toList());
            numbers("y", curve.points().stream().map(Point::y).toList());
            json.writeStringField("mode", "lines");
            json.writeStringField("fill", "tozeroy");
            int colour = Palette.series(PairPainter.colourOf(chart, curve));
            json.writeStringField("fillcolor", PlotlyWords.pale(colour));
            colour("line", colour);
            end(false);
        }
    }

    private void points(PairChart chart, int x, int y) throws IOException {
        for (int g = 0; g < chart.groups().size(); g++) {
            Group group = chart.groups().get(g);
            start("scatter", group.name(), chart, y, x);
            numbers("x", group.rows().stream().map(row -> row.get(x)).toList());
            numbers("y", group.rows().stream().map(row -> row.get(y)).toList());
            json.writeStringField("mode", "markers");
            json.writeObjectFieldStart("marker");
            json.writeStringField("color", Palette.hex(Palette.series(g)));
            json.writeNumberField("size", 5);
            json.writeNumberField("opacity", 0.55);
            json.writeEndObject();
            json.writeStringField("legendgroup", "g" + g);
            end(x == 0 && y == 1);
        }
    }

    private void axes(PairChart chart, int row, int column) throws IOException {
        int count = chart.variables().size();
        int number = number(chart, row, column);
        boolean diagonal = row == column;
        json.writeObjectFieldStart("xaxis" + suffix(number));
        domain(column, count);
        json.writeStringField("anchor", "y" + suffix(number));
        int below = number(chart, count - 1, column);
        if (number != below) {
            json.writeStringField("matches", "x" + suffix(below));
        }
        ends(chart, column, row == count - 1, row == count - 1 ? LETTERS_ACROSS : 0);
        json.writeEndObject();
        json.writeObjectFieldStart("yaxis" + suffix(number));
        domain(count - 1 - row, count);
        json.writeStringField("anchor", "x" + suffix(number));
        int left = number(chart, row, 0);
        if (number != left && !diagonal) {
            json.writeStringField("matches", "y" + suffix(left));
        }
        ends(chart, row, column == 0 && !diagonal, column == 0 ? LETTERS_UPWARD : 0);
        json.writeEndObject();
    }

    private void domain(int index, int count) throws IOException {
        json.writeArrayFieldStart("domain");
        json.writeNumber(from(index, count));
        json.writeNumber(to(index, count));
        json.writeEndArray();
    }

    private static double from(int index, int count) {
        return Ticks.clean((double) index / count);
    }

    private static double to(int index, int count) {
        return Ticks.clean((index + 1.0) / count - GAP);
    }

    /** What stands at the ends of a small axis: its name in letters that all axes of the side share. */
    private void ends(PairChart chart, int index, boolean ticks, int letters) throws IOException {
        json.writeBooleanField("showticklabels", ticks);
        json.writeBooleanField("zeroline", false);
        json.writeStringField("gridcolor", Palette.hex(Palette.GRID));
        json.writeStringField("linecolor", Palette.hex(Palette.AXIS));
        List<Double> values = chart.groups().stream()
                .flatMap(group -> group.rows().stream())
                .map(row -> row.get(index))
                .toList();
        json.writeStringField("exponentformat", PlotlyAxes.exponents(values));
        if (letters > 0) {
            String name = chart.variables().get(index).axis().label();
            json.writeObjectFieldStart("title");
            json.writeStringField(
                    "text",
                    PlotlyWords.text(PlotlyWords.shortened(
                            name, letters / chart.variables().size())));
            json.writeObjectFieldStart("font");
            json.writeNumberField("size", 11);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void ground(PairChart chart, int row, int column) throws IOException {
        int count = chart.variables().size();
        double value = chart.correlations().get(row).get(column);
        json.writeStartObject();
        json.writeStringField("type", "rect");
        json.writeStringField("xref", "paper");
        json.writeStringField("yref", "paper");
        json.writeNumberField("x0", from(column, count));
        json.writeNumberField("x1", to(column, count));
        json.writeNumberField("y0", from(count - 1 - row, count));
        json.writeNumberField("y1", to(count - 1 - row, count));
        json.writeStringField(
                "fillcolor", Palette.hex(Double.isNaN(value) ? HeatmapPainter.NOTHING : PairPainter.shade(value)));
        json.writeObjectFieldStart("line");
        json.writeNumberField("width", 0);
        json.writeEndObject();
        json.writeStringField("layer", "below");
        json.writeEndObject();
    }

    private static void coefficient(PlotlyLayout layout, PairChart chart, int row, int column) {
        int count = chart.variables().size();
        double value = chart.correlations().get(row).get(column);
        if (!Double.isNaN(value)) {
            double x = (from(column, count) + to(column, count)) / 2;
            double y = (from(count - 1 - row, count) + to(count - 1 - row, count)) / 2;
            layout.textAt(x, y, NumberWords.ENGLISH.hundredths(value), Palette.inkOn(PairPainter.shade(value)));
        }
    }

    /** Plots are numbered from 1, row by row. */
    private static int number(PairChart chart, int row, int column) {
        return row * chart.variables().size() + column + 1;
    }

    private static String suffix(int number) {
        return number == 1 ? "" : String.valueOf(number);
    }

    private void start(String type, String name, PairChart chart, int row, int column) throws IOException {
        int number = number(chart, row, column);
        json.writeStartObject();
        json.writeStringField("type", type);
        if (!name.isEmpty()) {
            json.writeStringField("name", PlotlyWords.text(PlotlyWords.shortened(name, 28)));
        }
        json.writeStringField("xaxis", "x" + suffix(number));
        json.writeStringField("yaxis", "y" + suffix(number));
    }

    private void end(boolean inLegend) throws IOException {
        json.writeBooleanField("showlegend", inLegend);
        json.writeEndObject();
    }

    private void colour(String field, int colour) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("color", Palette.hex(colour));
        json.writeEndObject();
    }

    private void numbers(String field, List<Double> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (double value : values) {
            PlotlyLayout.number(json, value);
        }
        json.writeEndArray();
    }
}
