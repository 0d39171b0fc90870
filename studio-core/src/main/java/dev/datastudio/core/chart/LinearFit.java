package dev.datastudio.core.chart;

import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import java.util.List;
import java.util.Optional;

/** The straight line with the least sum of squared vertical distances. */
public final class LinearFit {
    private LinearFit() {}

    /**
     * The line through some points, in two passes around the means, so that large numbers cost no digits.
     *
     * @param name what the points are; empty for all points of a chart
     * @return empty with fewer than two points, or when all have one x
     */
    public static Optional<FitLine> of(String name, List<Point> points) {
        double meanX = 0;
        double meanY = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            meanX += point.x() / points.size();
            meanY += point.y() / points.size();
            min = Math.min(min, point.x());
            max = Math.max(max, point.x());
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (Point point : points) {
            xx += (point.x() - meanX) * (point.x() - meanX);
            xy += (point.x() - meanX) * (point.y() - meanY);
            yy += (point.y() - meanY) * (point.y() - meanY);
        }
        if (points.size() < 2 || !(min < max) || xx == 0) {
            return Optional.empty();
        }
        double slope = xy / xx;
        double rSquared = yy == 0 ? 1 : Math.min(1, xy * xy / (xx * yy));
        return Optional.of(new FitLine(name, slope, meanY - slope * meanX, min, max, rSquared));
    }
}
