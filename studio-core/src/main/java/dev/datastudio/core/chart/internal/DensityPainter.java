package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.core.chart.internal.Mark.Paint;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Draws densities as lines over pale areas. */
final class DensityPainter {
    static final Axis DENSITY = Axis.of("Density", ValueFormat.number());

    private static final double FEW = 0.22;

    /** Many strong areas over each other would look like mud. */
    private static final double MANY = 0.1;

    private DensityPainter() {}

    static List<LegendEntry> legend(DensityChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.curves().size(); i++) {
            entries.add(new LegendEntry(chart.curves().get(i).name(), Palette.series(i), Swatch.LINE));
        }
        return entries;
    }

    static void paint(Canvas canvas, Area area, DensityChart chart) {
        Range.Finder x = new Range.Finder(chart.value());
        Range.Finder y = new Range.Finder(DENSITY);
        for (Curve curve : chart.curves()) {
            for (Point point : curve.points()) {
                x.add(point.x());
                y.add(point.y());
            }
        }
        XyFrame frame = XyFrame.draw(
                canvas,
                area,
                new XyFrame.Plan(chart.value(), x.tight(), DENSITY, y.withZero(0.06), AxisPainter.Grid.TICKS, 0, 0));
        for (int i = 0; i < chart.curves().size(); i++) {
            curve(
                    canvas,
                    frame,
                    chart.curves().get(i),
                    Palette.series(i),
                    chart.curves().size() > 2 ? MANY : FEW);
        }
        frame.drawBase(canvas);
    }

    private static void curve(Canvas canvas, XyFrame frame, Curve curve, int colour, double opacity) {
        List<Double> line = new ArrayList<>();
        for (Point point : curve.points()) {
            if (frame.x().shows(point.x())) {
                line.add(frame.x().at(point.x()));
                line.add(frame.y().at(point.y()));
            }
        }
        if (line.size() < 4) {
            return;
        }
        List<Double> below = new ArrayList<>(line);
        below.add(line.get(line.size() - 2));
        below.add(frame.plot().bottom());
        below.add(line.get(0));
        below.add(frame.plot().bottom());
        canvas.add(new Mark.Path(below, Paint.FILL, colour, opacity, 0, List.of()));
        canvas.polyline(line, colour, 2, List.of());
    }
}
