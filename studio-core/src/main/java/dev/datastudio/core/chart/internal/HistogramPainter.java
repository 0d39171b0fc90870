package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a histogram. Bins without an end stand apart from the others, in a lighter colour, with their own label below
 * and their count above.
 */
final class HistogramPainter {
    private static final double TAIL_GAP = 22;

    private HistogramPainter() {}

    static void paint(Canvas canvas, Area area, HistogramChart chart) {
        List<Bin> bounded = new ArrayList<>();
        Range.Finder counts = new Range.Finder(chart.count());
        for (Bin bin : chart.bins()) {
            if (bin.isBounded()) {
                bounded.add(bin);
            }
            counts.add((double) bin.count());
        }
        boolean marked = isMarked(chart, bounded);
        Range range = range(bounded);
        Tail low = tail(canvas, chart, chart.bins().get(0));
        Tail high = tail(canvas, chart, chart.bins().get(chart.bins().size() - 1));
        Range yRange = counts.withZero(marked ? 0.13 : 0.07);
        XyFrame frame = XyFrame.draw(
                canvas,
                area,
                new XyFrame.Plan(
                        chart.value(), range, chart.count(), yRange, AxisPainter.Grid.TICKS, low.width, high.width));
        for (Bin bin : bounded) {
            bar(canvas, frame, bin, bounded.size());
        }
        drawTail(canvas, frame, low, frame.plot().left());
        drawTail(canvas, frame, high, frame.plot().right() - high.width + TAIL_GAP);
        frame.drawBase(canvas);
        if (marked) {
            median(canvas, frame, chart);
        }
    }

    /** From the first to the last edge; a lone bin gets air on both sides, so that it looks like a bar. */
    private static Range range(List<Bin> bounded) {
        double from = bounded.get(0).from();
        double to = bounded.get(bounded.size() - 1).to();
        double air = bounded.size() == 1 ? 2 * (to - from) : 0;
        return new Range(from - air, to + air);
    }

    private static boolean isMarked(HistogramChart chart, List<Bin> bounded) {
        return chart.median() >= bounded.get(0).from()
                && chart.median() <= bounded.get(bounded.size() - 1).to();
    }

    private static void bar(Canvas canvas, XyFrame frame, Bin bin, int bins) {
        if (bin.count() == 0) {
            return;
        }
        double left = frame.x().at(bin.from());
        double right = frame.x().at(bin.to());
        double gap = bins > 1 && right - left > 6 ? 0.6 : 0;
        double top = Math.min(frame.y().at((double) bin.count()), frame.plot().bottom() - 1);
        canvas.rect(left + gap, top, right - gap, frame.plot().bottom(), Palette.series(0));
    }

    private static Tail tail(Canvas canvas, HistogramChart chart, Bin bin) {
        if (bin.isBounded()) {
            return new Tail(bin, "", 0);
        }
        boolean low = Double.isInfinite(bin.from());
        String label = low
                ? "< " + canvas.value(bin.to(), chart.value().format())
                : "≥ " + canvas.value(bin.from(), chart.value().format());
        return new Tail(bin, label, Math.max(44, canvas.width(label, Canvas.TICK_SIZE) + 14) + TAIL_GAP);
    }

    private static void drawTail(Canvas canvas, XyFrame frame, Tail tail, double left) {
        if (tail.width == 0) {
            return;
        }
        double right = left + tail.width - TAIL_GAP;
        double bottom = frame.plot().bottom();
        double top = Math.min(frame.y().at((double) tail.bin.count()), bottom - 1);
        canvas.rect(left + 4, top, right - 4, bottom, Palette.tint(Palette.series(0), 0.55));
        canvas.line(left, bottom, right, bottom, Palette.AXIS, 1);
        double middle = (left + right) / 2;
        canvas.label(middle, bottom + 14, tail.label, Canvas.TICK_SIZE, Palette.TEXT, Anchor.MIDDLE, "x-tail");
        String count = canvas.numbers.whole(tail.bin.count());
        canvas.label(middle, top - 8, count, Canvas.LABEL_SIZE, Palette.TEXT, Anchor.MIDDLE, "value");
    }

    private static void median(Canvas canvas, XyFrame frame, HistogramChart chart) {
        double x = frame.x().at(chart.median());
        canvas.dashed(x, frame.plot().top() + 2, x, frame.plot().bottom(), Palette.INK, 1.2);
        String text = "median " + canvas.value(chart.median(), chart.value().format());
        boolean leftOf = x + 6 + canvas.width(text, Canvas.LABEL_SIZE) > canvas.width - Sheet.PAD;
        canvas.label(
                leftOf ? x - 6 : x + 6,
                frame.plot().top() + 8,
                text,
                Canvas.LABEL_SIZE,
                Palette.INK,
                leftOf ? Anchor.END : Anchor.START,
                "marker");
    }

    private record Tail(Bin bin, String label, double width) {}
}
