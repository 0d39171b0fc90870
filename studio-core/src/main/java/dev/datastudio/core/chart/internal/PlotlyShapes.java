package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ViolinChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the traces of densities, areas, heatmaps and violins, as filled lines and cells. Not thread-safe. */
final class PlotlyShapes {
    private static final double HALF_WIDTH = 0.42;
    private static final int SCALE_STEPS = 8;

    /** More cells side by side would be hidden by the gaps between them. */
    private static final int MANY_CELLS = 24;

    /** In narrower cells numbers can't be read. */
    private static final int WRITTEN_COLUMNS = 12;

    private final JsonGenerator json;

    PlotlyShapes(JsonGenerator json) {
        this.json = json;
    }

    void write(Chart chart) throws IOException {
        if (chart.isEmpty()) {
            return;
        }
        if (chart instanceof DensityChart density) {
            density(density);
        } else if (chart instanceof HeatmapChart heatmap) {
            heatmap(heatmap);
        } else if (chart instanceof ViolinChart violin) {
            violin(violin);
        } else if (chart instanceof AreaChart area) {
            area(area);
        } else {
            throw new AssertionError(chart);
        }
    }

    static void layout(PlotlyLayout layout, PlotlyAxes axes, Chart chart) throws IOException {
        if (chart instanceof DensityChart density) {
            layout.legend(density.curves().size() > 1);
            PlotlyWriter.xy(
                    axes,
                    density.value(),
                    DensityPainter.DENSITY,
                    false,
                    density.curves().stream().flatMap(one -> one.points().stream()));
        } else if (chart instanceof HeatmapChart heatmap) {
            layout.legend(false);
            axes.categoriesBelow(heatmap.columnTitle(), heatmap.columns());
            axes.categoriesBeside(heatmap.rowTitle(), heatmap.rows());
        } else if (chart instanceof ViolinChart violin) {
            List<String> names =
                    violin.violins().stream().map(one -> one.box().label()).toList();
            layout.legend(false);
            axes.numbered(violin.categoryTitle(), names);
            List<Double> values = violin.violins().stream()
                    .flatMap(one -> one.outline().stream())
                    .map(Point::x)
                    .toList();
            axes.values("yaxis", violin.value(), true, values);
        } else if (chart instanceof AreaChart area) {
            layout.legend(area.series().size() > 1);
            PlotlyWriter.xy(
                    axes, area.x(), area.y(), false, area.series().stream().flatMap(one -> one.points().stream()));
        } else {
            throw new AssertionError(chart);
        }
    }

    private void density(DensityChart chart) throws IOException {
        List<String> names = PlotlyWords.names(
                chart.curves().stream().map(DensityChart.Curve::name).toList());
        for (int i = 0; i < chart.curves().size(); i++) {
            DensityChart.Curve curve = chart.curves().get(i);
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (Point point : curve.points()) {
                x.add(point.x());
                y.add(point.y());
            }
            start("scatter", names.get(i));
            numbers("x", x);
            numbers("y", y);
            json.writeStringField("mode", "lines");
            json.writeStringField("fill", "tozeroy");
            json.writeStringField("fillcolor", PlotlyWords.pale(Palette.series(i)));
            line(Palette.series(i), 2);
            json.writeEndObject();
        }
    }

    private void area(AreaChart chart) throws IOException {
        boolean stacked = chart.layout() == AreaChart.Layout.STACKED;
        List<String> names = PlotlyWords.names(
                chart.series().stream().map(LineChart.Series::name).toList());
        for (int i = 0; i < chart.series().size(); i++) {
            LineChart.Series series = chart.series().get(i);
            start("scatter", names.get(i));
            numbers("x", series.points().stream().map(Point::x).toList());
            numbers("y", series.points().stream().map(Point::y).toList());
            // One point makes no line.
            json.writeStringField("mode", series.points().size() > 1 ? "lines" : "lines+markers");
            if (stacked) {
                json.writeStringField("stackgroup", "all");
                json.writeStringField("fillcolor", Palette.hex(Palette.series(i)));
            } else {
                json.writeStringField("fill", "tozeroy");
                json.writeBooleanField("connectgaps", false);
            }
            line(stacked ? Palette.WHITE : Palette.series(i), stacked ? 0.8 : 2);
            json.writeEndObject();
        }
    }

    private void heatmap(HeatmapChart chart) throws IOException {
        Shades shades = Shades.of(chart);
        start("heatmap", "");
        texts("x", chart.columns());
        texts("y", chart.rows());
        json.writeArrayFieldStart("z");
        for (List<Double> row : chart.values()) {
            json.writeStartArray();
            for (double value : row) {
                PlotlyLayout.number(json, value);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeNumberField("zmin", shades.min());
        json.writeNumberField("zmax", shades.max());
        boolean many = Math.max(chart.columns().size(), chart.rows().size()) > MANY_CELLS;
        json.writeNumberField("xgap", many ? 0 : 1.5);
        json.writeNumberField("ygap", many ? 0 : 1.5);
        if (chart.columns().size() <= WRITTEN_COLUMNS && !many) {
            json.writeStringField("texttemplate", "%{z:" + cellFormat(chart, shades) + "}");
        }
        json.writeArrayFieldStart("colorscale");
        for (int i = 0; i <= SCALE_STEPS; i++) {
            double share = (double) i / SCALE_STEPS;
            json.writeStartArray();
            json.writeNumber(share);
            json.writeString(Palette.hex(shades.of(shades.min() + share * (shades.max() - shades.min()))));
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Coefficients have two decimals, large numbers a letter for thousands and millions. */
    private static String cellFormat(HeatmapChart chart, Shades shades) {
        if (chart.shading() == HeatmapChart.Shading.CORRELATION) {
            return ".2f";
        }
        double greatest = Math.max(Math.abs(shades.min()), Math.abs(shades.max()));
        return greatest >= 100_000 ? ".3~s" : greatest >= 1000 ? ",.0f" : ".3~g";
    }

    /** Outlines around whole numbers of the axis, quartiles as a thick line, the median as a white dot. */
    private void violin(ViolinChart chart) throws IOException {
        List<Double> peaks = ViolinWidths.peaks(chart.violins());
        for (int i = 0; i < chart.violins().size(); i++) {
            ViolinChart.Violin violin = chart.violins().get(i);
            outline(violin, i, HALF_WIDTH / peaks.get(i));
            Box box = violin.box();
            segment(i, box.lowerFence(), box.upperFence(), 1);
            segment(i, box.q1(), box.q3(), 6);
            start("scatter", PlotlyWords.text(box.label()));
            numbers("x", List.of((double) i));
            numbers("y", List.of(box.median()));
            json.writeStringField("mode", "markers");
            json.writeObjectFieldStart("marker");
            json.writeStringField("color", Palette.hex(Palette.WHITE));
            json.writeNumberField("size", 6);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void outline(ViolinChart.Violin violin, int index, double perDensity) throws IOException {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (Point point : violin.outline()) {
            x.add(index - point.y() * perDensity);
            y.add(point.x());
        }
        for (int i = violin.outline().size() - 1; i >= 0; i--) {
            x.add(index + violin.outline().get(i).y() * perDensity);
            y.add(violin.outline().get(i).x());
        }
        start("scatter", PlotlyWords.text(violin.box().label()));
        numbers("x", x);
        numbers("y", y);
        json.writeStringField("mode", "lines");
        json.writeStringField("fill", "toself");
        json.writeStringField("fillcolor", Palette.hex(Palette.tint(Palette.series(0), 0.55)));
        json.writeStringField("hoverinfo", "skip");
        line(Palette.series(0), 1.2);
        json.writeEndObject();
    }

    private void segment(int index, double from, double to, double width) throws IOException {
        start("scatter", "");
        numbers("x", List.of((double) index, (double) index));
        numbers("y", List.of(from, to));
        json.writeStringField("mode", "lines");
        json.writeStringField("hoverinfo", "y");
        line(Palette.INK, width);
        json.writeEndObject();
    }

    private void start(String type, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (!name.isEmpty()) {
            json.writeStringField("name", name);
        }
    }

    private void line(int colour, double width) throws IOException {
        json.writeObjectFieldStart("line");
        json.writeStringField("color", Palette.hex(colour));
        json.writeNumberField("width", width);
        json.writeEndObject();
    }

    private void texts(String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(PlotlyWords.text(text));
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
