package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * How a value moves along an axis, mostly time, in one or several series. Immutable.
 *
 * @param x a time axis when its format is {@link ValueFormat.Date}
 * @param series in the order of the legend
 */
public record LineChart(ChartText text, Axis x, Axis y, List<Series> series) implements Chart {
    public LineChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        series = List.copyOf(series);
    }

    @Override
    public String kind() {
        return "line";
    }

    @Override
    public boolean isEmpty() {
        for (Series one : series) {
            for (Point point : one.points()) {
                if (!Double.isNaN(point.y())) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * One line. Immutable.
     *
     * @param name for the legend, which is shown when there are several series
     * @param points with rising x; a point whose y is NaN parts the line
     */
    public record Series(String name, List<Point> points) {
        public Series {
            Objects.requireNonNull(name, "name");
            points = List.copyOf(points);
            for (int i = 1; i < points.size(); i++) {
                if (!(points.get(i - 1).x() < points.get(i).x())) {
                    throw new IllegalArgumentException("points must have rising x, but point " + i + " is at "
                            + points.get(i).x() + " after " + points.get(i - 1).x());
                }
            }
        }
    }
}
