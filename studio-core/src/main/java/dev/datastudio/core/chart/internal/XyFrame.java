package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;

/** A plot between two axes of numbers or moments: its place, its scales, its drawn grid. Immutable. */
record XyFrame(Area plot, ValueScale x, ValueScale y) {
    private static final double Y_TITLE = 24;
    private static final double X_TITLE = 20;

    /** Finds the place for labels, draws grid and axes, and leaves the plot to be filled. */
    static XyFrame draw(Canvas canvas, Area area, Plan plan) {
        Axis xAxis = plan.x();
        Axis yAxis = plan.y();
        double titleBelow = canvas.isCompact() || xAxis.label().isEmpty() ? 0 : X_TITLE;
        double titleLeft = canvas.isCompact() || yAxis.label().isEmpty() ? 0 : Y_TITLE;
        double labels = xAxis.format() instanceof ValueFormat.Date ? 38 : 24;
        double bottom = area.bottom() - titleBelow - labels;

        ValueScale y = new ValueScale(yAxis, plan.yRange(), bottom, area.top() + 4);
        AxisTicks yTicks = AxisPainter.upward(canvas, y);
        double left = area.left() + titleLeft + yTicks.width(Canvas.TICK_SIZE, canvas.measure) + 8;
        Area plot = new Area(left, area.top() + 4, area.right() - 6, bottom);
        ValueScale x = plan.scaleIn(plot);
        AxisTicks xTicks = AxisPainter.rightward(canvas, x);
        double over = overhang(canvas, x, xTicks);
        if (over > 0) {
            plot = new Area(left, plot.top(), plot.right() - over, bottom);
            x = plan.scaleIn(plot);
            xTicks = AxisPainter.rightward(canvas, x);
        }

        AxisPainter.drawRightward(canvas, plot, x, xTicks, plan.grid());
        AxisPainter.drawUpward(canvas, plot, y, yTicks);
        AxisPainter.titleUpward(canvas, plot, area.left(), yAxis.label());
        AxisPainter.titleRightward(canvas, plot, area.bottom() - 6, xAxis.label());
        return new XyFrame(plot, x, y);
    }

    /** How far the last label would stand out of the picture. */
    private static double overhang(Canvas canvas, ValueScale x, AxisTicks ticks) {
        int last = ticks.values().size() - 1;
        if (last < 0) {
            return 0;
        }
        double label = Math.max(
                canvas.width(ticks.labels().get(last), Canvas.TICK_SIZE),
                canvas.width(ticks.second().get(last), Canvas.TICK_SIZE));
        return x.at(ticks.values().get(last)) + label / 2 - (canvas.width - 6);
    }

    /** The line at the bottom, and a stronger one at zero where the plot goes below it. */
    void drawBase(Canvas canvas) {
        canvas.line(plot.left(), plot.bottom(), plot.right(), plot.bottom(), Palette.AXIS, 1);
        boolean crossesZero = y.axis().scale() == Axis.Scale.LINEAR
                && y.range().min() < 0
                && y.range().max() > 0;
        if (crossesZero) {
            double zero = y.at(0);
            canvas.line(plot.left(), zero, plot.right(), zero, Palette.ZERO, 1);
        }
    }

    /**
     * What a plot needs to know before it has a place.
     *
     * @param lowRoom layout pixels at the left end that the x axis leaves free
     * @param highRoom layout pixels at the right end that the x axis leaves free
     */
    record Plan(Axis x, Range xRange, Axis y, Range yRange, AxisPainter.Grid grid, double lowRoom, double highRoom) {
        private ValueScale scaleIn(Area plot) {
            return new ValueScale(x, xRange, plot.left() + lowRoom, plot.right() - highRoom);
        }
    }
}
