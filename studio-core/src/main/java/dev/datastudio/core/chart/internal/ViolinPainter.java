package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.BarChart.Orientation;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ViolinChart;
import dev.datastudio.api.chart.ViolinChart.Violin;
import java.util.ArrayList;
import java.util.List;

/** Draws mirrored densities, as wide as {@link ViolinWidths} has it, with quartiles and median inside. */
final class ViolinPainter {
    private static final double MAX_WIDTH = 130;

    private ViolinPainter() {}

    static void paint(Canvas canvas, Area area, ViolinChart chart) {
        Range.Finder values = new Range.Finder(chart.value());
        List<String> labels = new ArrayList<>();
        for (Violin violin : chart.violins()) {
            labels.add(violin.box().label());
            for (Point point : violin.outline()) {
                values.add(point.x());
            }
        }
        Orientation orientation =
                BandFrame.decide(canvas, area, labels, labels.size() == 1 ? Orientation.HORIZONTAL : Orientation.AUTO);
        BandFrame frame = BandFrame.draw(
                canvas, area, chart.categoryTitle(), labels, chart.value(), values.padded(0.04, 0), orientation);
        frame.drawEdge(canvas);
        double half = Math.min(frame.pitch() * 0.84, MAX_WIDTH) / 2;
        List<Double> peaks = ViolinWidths.peaks(chart.violins());
        for (int i = 0; i < chart.violins().size(); i++) {
            violin(canvas, frame, chart.violins().get(i), frame.center(i), half / peaks.get(i));
        }
    }

    private static void violin(Canvas canvas, BandFrame frame, Violin violin, double center, double perDensity) {
        List<double[]> outline = new ArrayList<>();
        for (Point point : violin.outline()) {
            outline.add(new double[] {center - point.y() * perDensity, point.x()});
        }
        for (int i = violin.outline().size() - 1; i >= 0; i--) {
            Point point = violin.outline().get(i);
            outline.add(new double[] {center + point.y() * perDensity, point.x()});
        }
        outline.add(outline.get(0));
        frame.shape(canvas, outline, Palette.tint(Palette.series(0), 0.55), Palette.series(0));
        Box box = violin.box();
        frame.line(canvas, center, box.lowerFence(), center, box.upperFence(), Palette.INK, 1.2);
        frame.line(canvas, center, box.q1(), center, box.q3(), Palette.INK, 6);
        frame.disc(canvas, center, box.median(), 3, Palette.WHITE, 1, Palette.INK);
    }
}
