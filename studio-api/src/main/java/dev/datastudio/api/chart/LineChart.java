package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * How a value moves along an axis, mostly time, in one or several series. Immutable.
 *
 * @param x a time axis when its format is {@link ValueFormat.Date}
 * @param series in the order of the legend
 * @param bands areas around lines, such as the bounds of a forecast; behind all lines
 */
public record LineChart(ChartText text, Axis x, Axis y, List<Series> series, List<Band> bands) implements Chart {
    /** @throws IllegalArgumentException if a band is about a series that is not there */
    public LineChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        series = List.copyOf(series);
        bands = List.copyOf(bands);
        for (Band band : bands) {
            if (band.series() >= series.size()) {
                throw new IllegalArgumentException(
                        "band " + band.name() + " is about series " + band.series() + " of " + series.size());
            }
        }
    }

    /** Lines without bands. */
    public LineChart(ChartText text, Axis x, Axis y, List<Series> series) {
        this(text, x, y, series, List.of());
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

    /**
     * An area around a line, in a pale shade of its colour. Immutable.
     *
     * @param name for the legend
     * @param series the place of the line among the series, from 0
     * @param spans with rising x
     */
    public record Band(String name, int series, List<Span> spans) {
        /** @throws IllegalArgumentException if the place is negative or x does not rise */
        public Band {
            Objects.requireNonNull(name, "name");
            spans = List.copyOf(spans);
            if (series < 0) {
                throw new IllegalArgumentException("series must be at least 0, was " + series);
            }
            for (int i = 1; i < spans.size(); i++) {
                if (!(spans.get(i - 1).x() < spans.get(i).x())) {
                    throw new IllegalArgumentException("spans must have rising x, but span " + i + " is at "
                            + spans.get(i).x() + " after " + spans.get(i - 1).x());
                }
            }
        }
    }

    /**
     * The height of a band at one place. Immutable.
     *
     * @param x finite
     * @param low finite
     * @param high finite, at least {@code low}
     */
    public record Span(double x, double low, double high) {
        public Span {
            if (!Double.isFinite(x) || !Double.isFinite(low) || !Double.isFinite(high) || low > high) {
                throw new IllegalArgumentException(
                        "a span must have finite bounds in order, was " + low + " to " + high + " at " + x);
            }
        }
    }
}
