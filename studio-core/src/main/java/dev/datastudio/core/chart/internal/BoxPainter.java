package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.BarChart.Orientation;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import java.util.ArrayList;
import java.util.List;

/** Draws a box from quartile to quartile, its median, its whiskers, and dots for the values beyond them. */
final class BoxPainter {
    private static final double MAX_BOX = 84;

    private BoxPainter() {}

    static void paint(Canvas canvas, Area area, BoxChart chart) {
        Range.Finder values = new Range.Finder(chart.value());
        List<String> labels = new ArrayList<>();
        for (Box box : chart.boxes()) {
            labels.add(box.label());
            values.add(box.lowerFence());
            values.add(box.upperFence());
            for (double outlier : box.outliers()) {
                values.add(outlier);
            }
        }
        Orientation orientation =
                BandFrame.decide(canvas, area, labels, labels.size() == 1 ? Orientation.HORIZONTAL : Orientation.AUTO);
        BandFrame frame = BandFrame.draw(
                canvas, area, chart.categoryTitle(), labels, chart.value(), values.padded(0.05, 0.1), orientation);
        frame.drawEdge(canvas);
        double width = Math.min(frame.pitch() * 0.6, MAX_BOX);
        for (int i = 0; i < chart.boxes().size(); i++) {
            box(canvas, frame, chart.boxes().get(i), frame.center(i), width);
        }
    }

    private static void box(Canvas canvas, BandFrame frame, Box box, double center, double width) {
        int colour = Palette.series(0);
        double half = width / 2;
        double cap = width * 0.22;
        for (double outlier : box.outliers()) {
            if (frame.value().shows(outlier)) {
                frame.disc(canvas, center, outlier, 2.6, colour, 0.45, colour);
            }
        }
        frame.line(canvas, center, box.lowerFence(), center, box.q1(), Palette.INK, 1.2);
        frame.line(canvas, center, box.q3(), center, box.upperFence(), Palette.INK, 1.2);
        frame.line(canvas, center - cap, box.lowerFence(), center + cap, box.lowerFence(), Palette.INK, 1.2);
        frame.line(canvas, center - cap, box.upperFence(), center + cap, box.upperFence(), Palette.INK, 1.2);
        frame.rect(canvas, center - half, center + half, box.q1(), box.q3(), Palette.tint(colour, 0.45));
        outline(canvas, frame, box, center, half, colour);
        frame.line(canvas, center - half, box.median(), center + half, box.median(), Palette.INK, 2);
    }

    private static void outline(Canvas canvas, BandFrame frame, Box box, double center, double half, int colour) {
        frame.line(canvas, center - half, box.q1(), center + half, box.q1(), colour, 1.2);
        frame.line(canvas, center - half, box.q3(), center + half, box.q3(), colour, 1.2);
        frame.line(canvas, center - half, box.q1(), center - half, box.q3(), colour, 1.2);
        frame.line(canvas, center + half, box.q1(), center + half, box.q3(), colour, 1.2);
    }
}
