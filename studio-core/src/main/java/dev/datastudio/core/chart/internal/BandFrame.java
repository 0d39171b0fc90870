package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart.Orientation;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * A plot of categories against a measure, standing or lying. Immutable.
 *
 * <p>Labels that fit beside each other stand below upright bands. Where they don't, up to {@value #MAX_LYING} bands lie
 * down and the labels have the whole left side; more bands stand again and their labels are turned. When even turned
 * labels would touch, only each second, third … is written.
 *
 * @param standing whether values grow upwards
 * @param bands the distance from one category to the next is the length of {@code plot} divided by it
 */
record BandFrame(Area plot, ValueScale value, boolean standing, int bands) {
    private static final int MAX_LYING = 24;
    private static final double LABEL_GAP = 8;
    private static final double MAX_TURNED = 130;
    private static final double Y_TITLE = 24;
    private static final double X_TITLE = 20;

    static BandFrame draw(
            Canvas canvas,
            Area area,
            String categoryTitle,
            List<String> categories,
            Axis axis,
            Range range,
            Orientation orientation) {
        List<String> labels = new ArrayList<>();
        for (String category : categories) {
            String clean = Words.clean(category);
            // A lone band without a name needs none.
            labels.add(clean.isEmpty() && categories.size() > 1 ? "(empty)" : clean);
        }
        return orientation == Orientation.HORIZONTAL
                ? drawLying(canvas, area, categoryTitle, labels, axis, range)
                : drawStanding(canvas, area, categoryTitle, labels, axis, range);
    }

    /** {@code VERTICAL} or {@code HORIZONTAL}: what was asked for, or what suits the labels. */
    static Orientation decide(Canvas canvas, Area area, List<String> categories, Orientation asked) {
        if (asked != Orientation.AUTO) {
            return asked;
        }
        boolean upright = categories.size() > MAX_LYING
                || fitUpright(canvas, categories, (area.width() - 70) / categories.size());
        return upright ? Orientation.VERTICAL : Orientation.HORIZONTAL;
    }

    private static boolean fitUpright(Canvas canvas, List<String> labels, double pitch) {
        for (String label : labels) {
            if (canvas.width(Words.clean(label), Canvas.TICK_SIZE) > pitch - LABEL_GAP) {
                return false;
            }
        }
        return true;
    }

    private static BandFrame drawStanding(
            Canvas canvas, Area area, String categoryTitle, List<String> labels, Axis axis, Range range) {
        double titleBelow = canvas.isCompact() || categoryTitle.isEmpty() ? 0 : X_TITLE;
        double titleLeft = canvas.isCompact() || axis.label().isEmpty() ? 0 : Y_TITLE;
        double pitch = (area.width() - titleLeft - 60) / labels.size();
        boolean upright = fitUpright(canvas, labels, pitch);
        double depth = 24;
        if (!upright) {
            double longest = Math.min(MAX_TURNED, area.height() / 3);
            depth = 0;
            List<String> some = canvas.shortenAll(labels, longest, Canvas.LABEL_SIZE);
            for (int i = 0; i < labels.size(); i++) {
                labels.set(i, some.get(i));
                depth = Math.max(depth, canvas.width(labels.get(i), Canvas.LABEL_SIZE) + 14);
            }
        }
        double bottom = area.bottom() - titleBelow - depth;
        ValueScale value = new ValueScale(axis, range, bottom, area.top() + 4);
        AxisTicks ticks = AxisPainter.upward(canvas, value);
        double left = area.left() + titleLeft + ticks.width(Canvas.TICK_SIZE, canvas.measure) + 8;
        Area plot = new Area(left, area.top() + 4, area.right() - 4, bottom);
        AxisPainter.drawUpward(canvas, plot, value, ticks);
        AxisPainter.titleUpward(canvas, plot, area.left(), axis.label());
        AxisPainter.titleRightward(canvas, plot, area.bottom() - 6, categoryTitle);
        BandFrame frame = new BandFrame(plot, value, true, labels.size());
        if (upright) {
            for (int i = 0; i < labels.size(); i++) {
                canvas.label(
                        frame.center(i),
                        bottom + 14,
                        labels.get(i),
                        Canvas.TICK_SIZE,
                        Palette.TEXT,
                        Anchor.MIDDLE,
                        "x-tick");
            }
        } else {
            frame.drawTurned(canvas, labels);
        }
        return frame;
    }

    private void drawTurned(Canvas canvas, List<String> labels) {
        int stride = (int) Math.ceil((Canvas.LABEL_SIZE + 1.5) / pitch());
        for (int i = 0; i < labels.size(); i += stride) {
            canvas.add(new Mark.Text(
                    center(i) + Canvas.LABEL_SIZE * 0.36,
                    plot.bottom() + 7,
                    labels.get(i),
                    Canvas.LABEL_SIZE,
                    Weight.REGULAR,
                    Palette.TEXT,
                    Anchor.END,
                    -90,
                    "x-tick"));
        }
    }

    private static BandFrame drawLying(
            Canvas canvas, Area area, String categoryTitle, List<String> labels, Axis axis, Range range) {
        double titleBelow = canvas.isCompact() || axis.label().isEmpty() ? 0 : X_TITLE;
        double titleLeft = canvas.isCompact() || categoryTitle.isEmpty() ? 0 : Y_TITLE;
        double longest = area.width() * 0.36;
        double widest = 0;
        List<String> some = canvas.shortenAll(labels, longest, Canvas.TICK_SIZE);
        for (int i = 0; i < labels.size(); i++) {
            labels.set(i, some.get(i));
            widest = Math.max(widest, canvas.width(labels.get(i), Canvas.TICK_SIZE));
        }
        double left = area.left() + titleLeft + widest + 8;
        Area plot = new Area(left, area.top(), area.right() - 14, area.bottom() - titleBelow - 24);
        ValueScale value = new ValueScale(axis, range, plot.left(), plot.right());
        AxisPainter.drawRightward(canvas, plot, value, AxisPainter.rightward(canvas, value), AxisPainter.Grid.LINES);
        AxisPainter.titleUpward(canvas, plot, area.left(), categoryTitle);
        AxisPainter.titleRightward(canvas, plot, area.bottom() - 6, axis.label());
        BandFrame frame = new BandFrame(plot, value, false, labels.size());
        double size = Canvas.tickSize(frame.pitch());
        int stride = Canvas.stride(size, frame.pitch());
        for (int i = 0; i < labels.size(); i += stride) {
            canvas.label(left - 8, frame.center(i), labels.get(i), size, Palette.TEXT, Anchor.END, "y-tick");
        }
        return frame;
    }

    /** The distance from the middle of one category to the next. */
    double pitch() {
        return (standing ? plot.width() : plot.height()) / bands;
    }

    /** The middle of a category across the values. */
    double center(int index) {
        return (standing ? plot.left() : plot.top()) + pitch() * (index + 0.5);
    }

    /** A rectangle between two places across the values and two values. */
    void rect(Canvas canvas, double across1, double across2, double value1, double value2, int fill) {
        if (standing) {
            canvas.rect(across1, value.at(value1), across2, value.at(value2), fill);
        } else {
            canvas.rect(value.at(value1), across1, value.at(value2), across2, fill);
        }
    }

    /** A line between two points, each a place across the values and a value. */
    void line(
            Canvas canvas,
            double across1,
            double value1,
            double across2,
            double value2,
            int colour,
            double strokeWidth) {
        if (standing) {
            canvas.line(across1, value.at(value1), across2, value.at(value2), colour, strokeWidth);
        } else {
            canvas.line(value.at(value1), across1, value.at(value2), across2, colour, strokeWidth);
        }
    }

    /** A closed shape through points, each a place across the values and a value. */
    void shape(Canvas canvas, List<double[]> points, int fill, int rim) {
        List<Double> corners = new ArrayList<>();
        for (double[] point : points) {
            double along = value.at(point[1]);
            corners.add(standing ? point[0] : along);
            corners.add(standing ? along : point[0]);
        }
        canvas.add(new Mark.Path(corners, Mark.Paint.FILL, fill, 1, 0, List.of()));
        canvas.polyline(corners, rim, 1.2, List.of());
    }

    void disc(Canvas canvas, double across, double at, double radius, int fill, double opacity, int rim) {
        double along = value.at(at);
        canvas.add(
                standing
                        ? new Mark.Disc(across, along, radius, fill, opacity, rim, 0.8)
                        : new Mark.Disc(along, across, radius, fill, opacity, rim, 0.8));
    }

    /** The line along the categories at the low end of the values. */
    void drawEdge(Canvas canvas) {
        if (standing) {
            canvas.line(plot.left(), plot.bottom(), plot.right(), plot.bottom(), Palette.AXIS, 1);
        } else {
            canvas.line(plot.left(), plot.top(), plot.left(), plot.bottom(), Palette.AXIS, 1);
        }
    }

    /** The line from which bars grow. */
    void drawZero(Canvas canvas) {
        double zero = value.range().min() <= 0 && value.range().max() >= 0
                ? 0
                : value.range().min();
        if (standing) {
            canvas.line(plot.left(), value.at(zero), plot.right(), value.at(zero), Palette.ZERO, 1);
        } else {
            canvas.line(value.at(zero), plot.top(), value.at(zero), plot.bottom(), Palette.ZERO, 1);
        }
    }

    /** A value written at the end of its bar, outside; nothing where it has no place. */
    void drawValue(Canvas canvas, double across, double at, String text, double room) {
        double size = Canvas.LABEL_SIZE;
        double width = canvas.width(text, size);
        boolean down = at < 0;
        if (standing && width <= room) {
            double y = value.at(at) + (down ? 9 : -8);
            canvas.label(across, y, text, size, Palette.TEXT, Anchor.MIDDLE, "value");
        } else if (!standing && room >= size) {
            double x = value.at(at) + (down ? -5 : 5);
            boolean inside = down ? x - width >= plot.left() - 4 : x + width <= canvas.width - 4;
            if (inside) {
                canvas.label(x, across, text, size, Palette.TEXT, down ? Anchor.END : Anchor.START, "value");
            }
        }
    }
}
