package dev.datastudio.core.chart;

import dev.datastudio.api.chart.Chart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Some of many points. */
final class EvenPoints {
    private EvenPoints() {}

    /** Evenly chosen points, and those that stand farthest out in each direction, in their order. */
    static List<Point> of(List<Point> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        int[] outermost = new int[4];
        for (int i = 1; i < points.size(); i++) {
            Point point = points.get(i);
            outermost[0] = point.x() < points.get(outermost[0]).x() ? i : outermost[0];
            outermost[1] = point.x() > points.get(outermost[1]).x() ? i : outermost[1];
            outermost[2] = point.y() < points.get(outermost[2]).y() ? i : outermost[2];
            outermost[3] = point.y() > points.get(outermost[3]).y() ? i : outermost[3];
        }
        SortedSet<Integer> chosen = new TreeSet<>();
        for (int place : outermost) {
            chosen.add(place);
        }
        for (int i = 0; i < points.size() && chosen.size() < most; i++) {
            chosen.add((int) ((long) i * points.size() / most) % points.size());
        }
        List<Point> some = new ArrayList<>();
        for (int place : chosen) {
            some.add(points.get(place));
        }
        return some;
    }
}
