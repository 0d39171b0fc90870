package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;

/** Turns values of an axis into layout pixels. Immutable. */
record ValueScale(Axis axis, Range range, double from, double to) {
    /** The place of a value; {@code from} for the least of the range. */
    double at(double value) {
        double low = lengthOf(range.min());
        double share = (lengthOf(value) - low) / (lengthOf(range.max()) - low);
        return from + share * (to - from);
    }

    /** Whether the axis can show the value. */
    boolean shows(double value) {
        return !Double.isNaN(value) && (axis.scale() == Axis.Scale.LINEAR || value > 0);
    }

    private double lengthOf(double value) {
        return axis.scale() == Axis.Scale.LOG ? Math.log10(value) : value;
    }
}
