package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.LineChart.Series;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Draws lines with gaps where values are missing; points are marked when there are few. */
final class LinePainter {
    private static final int MAX_MARKED = 36;
    private static final List<List<Double>> DASHES = List.of(List.of(), List.of(7.0, 3.0), List.of(2.0, 3.0));

    private LinePainter() {}

    static List<LegendEntry> legend(LineChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            entries.add(new LegendEntry(chart.series().get(i).name(), Palette.series(i), Swatch.LINE));
        }
        return entries;
    }

    static void paint(Canvas canvas, Area area, LineChart chart) {
        Range.Finder x = new Range.Finder(chart.x());
        Range.Finder y = new Range.Finder(chart.y());
        int longest = 0;
        for (Series series : chart.series()) {
            for (Point point : series.points()) {
                x.add(point.x());
                y.add(point.y());
            }
            longest = Math.max(longest, series.points().size());
        }
        Range tight = x.tight();
        double air = (tight.max() - tight.min()) * (longest <= MAX_MARKED ? 0.02 : 0.005);
        Range xRange = chart.x().scale() == Axis.Scale.LOG
                ? x.padded(0.02, 0)
                : new Range(tight.min() - air, tight.max() + air);
        XyFrame frame = XyFrame.draw(
                canvas,
                area,
                new XyFrame.Plan(chart.x(), xRange, chart.y(), y.padded(0.06, 0.35), AxisPainter.Grid.TICKS, 0, 0));
        frame.drawBase(canvas);
        for (int i = 0; i < chart.series().size(); i++) {
            line(canvas, frame, chart.series().get(i).points(), i, longest <= MAX_MARKED);
        }
    }

    private static void line(Canvas canvas, XyFrame frame, List<Point> points, int index, boolean marked) {
        int colour = Palette.series(index);
        List<Double> dash = DASHES.get(index / Palette.size() % DASHES.size());
        List<Double> corners = new ArrayList<>();
        for (Point point : points) {
            if (frame.x().shows(point.x()) && frame.y().shows(point.y())) {
                corners.add(frame.x().at(point.x()));
                corners.add(frame.y().at(point.y()));
            } else {
                finish(canvas, corners, colour, dash, marked);
                corners.clear();
            }
        }
        finish(canvas, corners, colour, dash, marked);
    }

    /** Draws one piece without gaps; a piece of one point is always a mark, or it would not be seen. */
    private static void finish(Canvas canvas, List<Double> corners, int colour, List<Double> dash, boolean marked) {
        if (corners.size() > 2) {
            canvas.polyline(corners, colour, 2, dash);
        }
        if (marked || corners.size() == 2) {
            for (int i = 0; i < corners.size(); i += 2) {
                canvas.add(new Mark.Disc(corners.get(i), corners.get(i + 1), 3.2, colour, 1, Palette.WHITE, 1));
            }
        }
    }
}
