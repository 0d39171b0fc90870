package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * How densely values lie along an axis, as smooth curves. Immutable.
 *
 * @param value the axis of the values
 * @param curves in the order of the legend
 */
public record DensityChart(ChartText text, Axis value, List<Curve> curves) implements Chart {
    public DensityChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(value, "value");
        curves = List.copyOf(curves);
    }

    @Override
    public String kind() {
        return "density";
    }

    @Override
    public boolean isEmpty() {
        return curves.isEmpty();
    }

    /**
     * One curve. Immutable.
     *
     * @param name for the legend, which is shown when there are several curves
     * @param points at least two, with rising x; y is the density, not negative
     */
    public record Curve(String name, List<Point> points) {
        public Curve {
            Objects.requireNonNull(name, "name");
            points = List.copyOf(points);
            if (points.size() < 2) {
                throw new IllegalArgumentException("points must be at least 2, were " + points.size());
            }
            for (int i = 0; i < points.size(); i++) {
                if (!(points.get(i).y() >= 0)
                        || (i > 0 && points.get(i).x() <= points.get(i - 1).x())) {
                    throw new IllegalArgumentException(
                            "points must have rising x and densities, but point " + i + " is " + points.get(i));
                }
            }
        }
    }
}
