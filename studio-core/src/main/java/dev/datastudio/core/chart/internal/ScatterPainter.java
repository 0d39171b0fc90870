package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ScatterChart.Group;
import dev.datastudio.core.chart.internal.Mark.Paint;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Draws points, smaller and paler the more there are, with the lines that fit them on top. */
final class ScatterPainter {
    private static final double NEAR_ZERO = 0.1;

    private ScatterPainter() {}

    static List<LegendEntry> legend(ScatterChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.groups().size(); i++) {
            entries.add(new LegendEntry(chart.groups().get(i).name(), Palette.series(i), Swatch.DISC));
        }
        return entries;
    }

    static void paint(Canvas canvas, Area area, ScatterChart chart) {
        Range.Finder x = new Range.Finder(chart.x());
        Range.Finder y = new Range.Finder(chart.y());
        int count = 0;
        for (Group group : chart.groups()) {
            for (Point point : group.points()) {
                x.add(point.x());
                y.add(point.y());
                count++;
            }
        }
        for (FitLine fit : chart.fits()) {
            x.add(fit.from());
            x.add(fit.to());
        }
        XyFrame frame = XyFrame.draw(
                canvas,
                area,
                new XyFrame.Plan(
                        chart.x(),
                        x.padded(0.04, NEAR_ZERO),
                        chart.y(),
                        y.padded(0.05, NEAR_ZERO),
                        AxisPainter.Grid.LINES,
                        0,
                        0));
        frame.drawBase(canvas);
        double radius = count <= 100 ? 4.2 : count <= 1000 ? 3.4 : 2.6;
        double opacity = count <= 100 ? 0.85 : count <= 1000 ? 0.65 : 0.4;
        for (int i = 0; i < chart.groups().size(); i++) {
            int colour = Palette.series(i);
            for (Point point : chart.groups().get(i).points()) {
                if (frame.x().shows(point.x()) && frame.y().shows(point.y())) {
                    canvas.add(new Mark.Disc(
                            frame.x().at(point.x()),
                            frame.y().at(point.y()),
                            radius,
                            colour,
                            opacity,
                            Palette.WHITE,
                            count <= 1000 ? 0.5 : 0));
                }
            }
        }
        for (FitLine fit : chart.fits()) {
            fit(canvas, frame, fit, colourOf(fit, chart));
        }
    }

    private static int colourOf(FitLine fit, ScatterChart chart) {
        for (int i = 0; i < chart.groups().size(); i++) {
            if (chart.groups().size() > 1 && chart.groups().get(i).name().equals(fit.name())) {
                return Palette.series(i);
            }
        }
        return Palette.INK;
    }

    /** A line is straight only on linear axes, so it is drawn in small pieces, and cut at the edges of the plot. */
    private static void fit(Canvas canvas, XyFrame frame, FitLine fit, int colour) {
        List<Double> corners = new ArrayList<>();
        int pieces = 64;
        for (int i = 0; i <= pieces; i++) {
            double x = fit.from() + (fit.to() - fit.from()) * i / pieces;
            double y = fit.at(x);
            boolean visible = frame.x().shows(x)
                    && frame.y().shows(y)
                    && y >= frame.y().range().min()
                    && y <= frame.y().range().max();
            if (visible) {
                corners.add(frame.x().at(x));
                corners.add(frame.y().at(y));
            }
        }
        if (corners.size() > 2) {
            canvas.add(new Mark.Path(corners, Paint.STROKE, Palette.WHITE, 0.8, 4.5, List.of()));
            canvas.polyline(corners, colour, 2, List.of());
        }
    }
}
