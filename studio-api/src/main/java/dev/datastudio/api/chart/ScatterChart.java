package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * Two measures of the same rows against each other. Immutable.
 *
 * @param groups points of one colour each; their points have no NaN
 * @param fits lines through the points; may be empty
 */
public record ScatterChart(ChartText text, Axis x, Axis y, List<Group> groups, List<FitLine> fits) implements Chart {
    public ScatterChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        groups = List.copyOf(groups);
        fits = List.copyOf(fits);
    }

    @Override
    public String kind() {
        return "scatter";
    }

    @Override
    public boolean isEmpty() {
        for (Group group : groups) {
            if (!group.points().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Points of one colour. Immutable.
     *
     * @param name for the legend, which is shown when there are several groups
     * @param points in any order, without NaN
     */
    public record Group(String name, List<Point> points) {
        public Group {
            Objects.requireNonNull(name, "name");
            points = List.copyOf(points);
            for (Point point : points) {
                if (Double.isNaN(point.y())) {
                    throw new IllegalArgumentException("points must have no NaN, but there is one at x " + point.x());
                }
            }
        }
    }
}
