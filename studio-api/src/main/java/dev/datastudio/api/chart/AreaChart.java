package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * Amounts along an axis, mostly time, as filled areas that begin at zero or on top of each other. Immutable.
 *
 * @param x a time axis when its format is {@link ValueFormat.Date}
 * @param y always linear and always shows zero
 * @param series in the order of the legend; the first one lies at the bottom of a stack
 */
public record AreaChart(ChartText text, Axis x, Axis y, List<LineChart.Series> series, Layout layout) implements Chart {
    public AreaChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        series = List.copyOf(series);
        Objects.requireNonNull(layout, "layout");
        if (y.scale() != Axis.Scale.LINEAR) {
            throw new IllegalArgumentException("y must be a linear axis: the height of an area begins at zero");
        }
        if (layout == Layout.STACKED) {
            for (LineChart.Series one : series) {
                requireStackable(one, x(series.get(0)));
            }
        }
    }

    private static List<Double> x(LineChart.Series series) {
        return series.points().stream().map(Point::x).toList();
    }

    private static void requireStackable(LineChart.Series series, List<Double> places) {
        if (!x(series).equals(places)) {
            throw new IllegalArgumentException(
                    "stacked series must have points at the same places, but " + series.name() + " has others");
        }
        for (Point point : series.points()) {
            if (point.y() < 0) {
                throw new IllegalArgumentException("stacked series must not be negative, but " + series.name() + " is "
                        + point.y() + " at " + point.x());
            }
        }
    }

    @Override
    public String kind() {
        return "area";
    }

    @Override
    public boolean isEmpty() {
        return new LineChart(text, x, y, series).isEmpty();
    }

    /** How several series share the plot. */
    public enum Layout {
        /** Each from zero, over the ones before; a point without a value parts the area. */
        OVERLAID,
        /** On top of each other; all series have the same places, none is negative, NaN adds nothing. */
        STACKED
    }
}
