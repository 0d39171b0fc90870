package dev.datastudio.core.chart.internal;

import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the ticks that fit, and draws axes with their grid, labels and titles. */
final class AxisPainter {
    /** The least distance between two labels beside each other. */
    static final double GAP = 10;

    /** The room below a plot that every chart with titles has. */
    private static final double BELOW = 20;

    private static final double PIXELS_PER_Y_TICK = 42;
    private static final double PIXELS_PER_X_TICK = 58;

    private AxisPainter() {}

    /** Ticks for an axis that runs upwards. */
    static AxisTicks upward(Canvas canvas, ValueScale scale) {
        double length = Math.abs(scale.to() - scale.from());
        int fewest = (int) Math.min(3, length / (2 * Canvas.TICK_SIZE));
        int most = Math.max(1, Math.max(fewest, (int) (length / PIXELS_PER_Y_TICK)));
        return AxisTicks.of(scale.axis(), scale.range().min(), scale.range().max(), most, canvas.locale);
    }

    /** As many ticks as have place for their labels on an axis that runs to the right. */
    static AxisTicks rightward(Canvas canvas, ValueScale scale) {
        double length = Math.abs(scale.to() - scale.from());
        @Nullable AxisTicks ticks = null;
        for (int most = Math.max(2, (int) (length / PIXELS_PER_X_TICK)); most >= 1; most--) {
            ticks = AxisTicks.of(
                    scale.axis(), scale.range().min(), scale.range().max(), most, canvas.locale);
            if (fits(canvas, scale, ticks)) {
                return partSecondLines(canvas, scale, ticks);
            }
        }
        return partSecondLines(
                canvas, scale, ticks == null ? new AxisTicks(List.of(), List.of(), List.of()) : ticks.first());
    }

    private static boolean fits(Canvas canvas, ValueScale scale, AxisTicks ticks) {
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ticks.values().size(); i++) {
            double half = canvas.width(ticks.labels().get(i), Canvas.TICK_SIZE) / 2;
            double place = scale.at(ticks.values().get(i));
            if (place - half < end + GAP) {
                return false;
            }
            end = place + half;
        }
        return true;
    }

    /** Leaves out a second line that would touch the one after it. */
    private static AxisTicks partSecondLines(Canvas canvas, ValueScale scale, AxisTicks ticks) {
        AxisTicks parted = ticks;
        double start = Double.POSITIVE_INFINITY;
        for (int i = ticks.values().size() - 1; i >= 0; i--) {
            String text = ticks.second().get(i);
            if (!text.isEmpty()) {
                double half = canvas.width(text, Canvas.TICK_SIZE) / 2;
                double place = scale.at(ticks.values().get(i));
                if (place + half > start - GAP) {
                    parted = parted.withoutSecond(i);
                } else {
                    start = place - half;
                }
            }
        }
        return parted;
    }

    /** Grid lines across the plot, and labels left of it. */
    static void drawUpward(Canvas canvas, Area plot, ValueScale scale, AxisTicks ticks) {
        for (int i = 0; i < ticks.values().size(); i++) {
            double y = scale.at(ticks.values().get(i));
            canvas.line(plot.left(), y, plot.right(), y, Palette.GRID, 1);
            canvas.label(
                    plot.left() - 8, y, ticks.labels().get(i), Canvas.TICK_SIZE, Palette.TEXT, Anchor.END, "y-tick");
        }
    }

    /** Labels below the plot, with grid lines or small ticks. */
    static void drawRightward(Canvas canvas, Area plot, ValueScale scale, AxisTicks ticks, Grid grid) {
        for (int i = 0; i < ticks.values().size(); i++) {
            double x = scale.at(ticks.values().get(i));
            if (grid == Grid.LINES) {
                canvas.line(x, plot.top(), x, plot.bottom(), Palette.GRID, 1);
            }
            canvas.line(x, plot.bottom(), x, plot.bottom() + 4, Palette.AXIS, 1);
            double y = plot.bottom() + 14;
            canvas.label(x, y, ticks.labels().get(i), Canvas.TICK_SIZE, Palette.TEXT, Anchor.MIDDLE, "x-tick");
            canvas.label(
                    x, y + 15, ticks.second().get(i), Canvas.TICK_SIZE, Palette.TEXT, Anchor.MIDDLE, "x-tick-second");
        }
    }

    /** The title of an upward axis, turned, in the middle of it; a long one reaches below the plot, never above it. */
    static void titleUpward(Canvas canvas, Area plot, double x, String title) {
        double room = plot.height() + BELOW;
        String text = canvas.shorten(Words.clean(title), room, Canvas.AXIS_TITLE_SIZE);
        if (!text.isEmpty() && !canvas.isCompact()) {
            double half = canvas.width(text, Canvas.AXIS_TITLE_SIZE) / 2;
            double middle = Math.max((plot.top() + plot.bottom()) / 2, plot.top() + half);
            canvas.add(new Mark.Text(
                    x + Canvas.AXIS_TITLE_SIZE * 0.8,
                    middle,
                    text,
                    Canvas.AXIS_TITLE_SIZE,
                    Weight.REGULAR,
                    Palette.INK,
                    Anchor.MIDDLE,
                    -90,
                    "y-title"));
        }
    }

    /** The title of a rightward axis, in the middle below it. */
    static void titleRightward(Canvas canvas, Area plot, double y, String title) {
        String text = canvas.shorten(Words.clean(title), plot.width(), Canvas.AXIS_TITLE_SIZE);
        double middle = (plot.left() + plot.right()) / 2;
        if (canvas.isCompact()) {
            return;
        }
        canvas.label(middle, y, text, Canvas.AXIS_TITLE_SIZE, Palette.INK, Anchor.MIDDLE, "x-title");
    }

    /** What marks the ticks of a rightward axis. */
    enum Grid {
        LINES,
        TICKS
    }
}
