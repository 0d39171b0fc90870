package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.LineChart.Band;
import dev.datastudio.api.chart.LineChart.Series;
import dev.datastudio.api.chart.LineChart.Span;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Draws lines with gaps where values are missing; points are marked when there are few. */
final class LinePainter {
    private static final int MAX_MARKED = 36;
    private static final List<List<Double>> DASHES = List.of(List.of(), List.of(7.0, 3.0), List.of(2.0, 3.0));

    /** Pale enough for lines to be seen on it. */
    private static final double BAND_WHITE = 0.75;

    private LinePainter() {}

    static List<LegendEntry> legend(LineChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            entries.add(new LegendEntry(chart.series().get(i).name(), Palette.series(i), Swatch.LINE));
        }
        for (Band band : chart.bands()) {
            entries.add(new LegendEntry(
                    band.name(), Palette.tint(Palette.series(band.series()), BAND_WHITE), Swatch.SQUARE));
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
        for (Band band : chart.bands()) {
            for (Span span : band.spans()) {
                x.add(span.x());
                y.add(span.low());
                y.add(span.high());
            }
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
        chart.bands().forEach(band -> band(canvas, frame, band));
        for (int i = 0; i < chart.series().size(); i++) {
            line(canvas, frame, chart.series().get(i).points(), i, longest <= MAX_MARKED);
        }
    }

    private static void band(Canvas canvas, XyFrame frame, Band band) {
        List<Span> shown = band.spans().stream()
                .filter(span -> frame.x().shows(span.x())
                        && frame.y().shows(span.low())
                        && frame.y().shows(span.high()))
                .toList();
        List<Double> corners = new ArrayList<>();
        for (Span span : shown) {
            corners.add(frame.x().at(span.x()));
            corners.add(frame.y().at(span.high()));
        }
        for (int i = shown.size() - 1; i >= 0; i--) {
            corners.add(frame.x().at(shown.get(i).x()));
            corners.add(frame.y().at(shown.get(i).low()));
        }
        int colour = Palette.tint(Palette.series(band.series()), BAND_WHITE);
        if (shown.size() == 1) {
            canvas.line(corners.get(0), corners.get(1), corners.get(2), corners.get(3), colour, 6);
        } else if (!shown.isEmpty()) {
            canvas.add(new Mark.Path(corners, Mark.Paint.FILL, colour, 1, 0, List.of()));
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
