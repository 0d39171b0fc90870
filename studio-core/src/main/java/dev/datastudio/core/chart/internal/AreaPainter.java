package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.AreaChart.Layout;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.LineChart.Series;
import dev.datastudio.core.chart.internal.Mark.Paint;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Draws filled areas: pale ones over each other, or strong ones on top of each other with a thin white line between. */
final class AreaPainter {
    private static final double OVERLAID = 0.25;

    /** White lines between more points than these would hide the areas. */
    private static final int MAX_PARTED = 60;

    private AreaPainter() {}

    static List<LegendEntry> legend(AreaChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            entries.add(new LegendEntry(chart.series().get(i).name(), Palette.series(i), Swatch.SQUARE));
        }
        return entries;
    }

    static void paint(Canvas canvas, Area area, AreaChart chart) {
        List<Series> tops = chart.layout() == Layout.STACKED ? stacked(chart.series()) : chart.series();
        Range.Finder x = new Range.Finder(chart.x());
        Range.Finder y = new Range.Finder(chart.y());
        for (Series series : tops) {
            for (Point point : series.points()) {
                x.add(point.x());
                y.add(point.y());
            }
        }
        XyFrame frame = XyFrame.draw(
                canvas,
                area,
                new XyFrame.Plan(chart.x(), x.tight(), chart.y(), y.withZero(0.06), AxisPainter.Grid.TICKS, 0, 0));
        if (chart.layout() == Layout.STACKED) {
            boolean parted = !tops.isEmpty() && tops.get(0).points().size() <= MAX_PARTED;
            for (int i = tops.size() - 1; i >= 0; i--) {
                int rim = parted ? Palette.WHITE : Palette.series(i);
                piece(canvas, frame, corners(frame, tops.get(i).points()), new Look(i, 1, rim, 0.8));
            }
        } else {
            for (int i = 0; i < tops.size(); i++) {
                overlaid(canvas, frame, tops.get(i).points(), new Look(i, OVERLAID, Palette.series(i), 2));
            }
        }
        frame.drawBase(canvas);
    }

    /** Each series added to the ones below it. */
    static List<Series> stacked(List<Series> series) {
        List<Series> tops = new ArrayList<>();
        double[] height =
                new double[series.isEmpty() ? 0 : series.get(0).points().size()];
        for (Series one : series) {
            List<Point> top = new ArrayList<>();
            for (int i = 0; i < height.length; i++) {
                Point point = one.points().get(i);
                height[i] += Double.isNaN(point.y()) ? 0 : point.y();
                top.add(new Point(point.x(), height[i]));
            }
            tops.add(new Series(one.name(), top));
        }
        return tops;
    }

    private static void overlaid(Canvas canvas, XyFrame frame, List<Point> points, Look look) {
        List<Point> part = new ArrayList<>();
        for (Point point : points) {
            if (Double.isNaN(point.y())) {
                piece(canvas, frame, corners(frame, part), look);
                part.clear();
            } else {
                part.add(point);
            }
        }
        piece(canvas, frame, corners(frame, part), look);
    }

    private static List<Double> corners(XyFrame frame, List<Point> points) {
        List<Double> corners = new ArrayList<>();
        for (Point point : points) {
            if (frame.x().shows(point.x())) {
                corners.add(frame.x().at(point.x()));
                corners.add(frame.y().at(point.y()));
            }
        }
        return corners;
    }

    /** An area down to zero; a lone point is a thin bar, or it would not be seen. */
    private static void piece(Canvas canvas, XyFrame frame, List<Double> line, Look look) {
        double zero = frame.y().at(0);
        if (line.size() == 2) {
            canvas.line(line.get(0), zero, line.get(0), line.get(1), Palette.series(look.series), 3);
        }
        if (line.size() < 4) {
            return;
        }
        List<Double> below = new ArrayList<>(line);
        below.addAll(List.of(line.get(line.size() - 2), zero, line.get(0), zero));
        canvas.add(new Mark.Path(below, Paint.FILL, Palette.series(look.series), look.opacity, 0, List.of()));
        canvas.polyline(line, look.rim, look.rimWidth, List.of());
    }

    private record Look(int series, double opacity, int rim, double rimWidth) {}
}
