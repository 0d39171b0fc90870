package dev.datastudio.core.chart.internal;

/** A rectangle of the picture that is still free, or that a plot fills, in layout pixels. Immutable. */
record Area(double left, double top, double right, double bottom) {
    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }
}
