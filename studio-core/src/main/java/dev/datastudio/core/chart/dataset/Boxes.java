package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.core.chart.BoxStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Boxes of categories by the rule of {@link BoxStatistics}: one pass for quartiles, one for whiskers, one for a sample
 * of the outliers.
 */
record Boxes(Map<String, Box> boxes, long allOutliers, long shownOutliers) {
    /** So many outliers are read; fewer are drawn. */
    private static final int MOST_READ = 20_000;

    /** Whether outliers are wanted. */
    enum Outliers {
        READ,
        SKIPPED
    }

    static Boxes of(Rows rows, String value, @Nullable Groups groups, Outliers wanted) {
        String from = SpreadCharts.categorised(rows, value, groups);
        List<Object> parameters = SpreadCharts.parameters(groups);
        List<List<@Nullable Object>> quartiles = rows.all(
                "SELECT g, count(v), " + Spread.quantile(rows, 0.25) + ", " + Spread.quantile(rows, 0.5) + ", "
                        + Spread.quantile(rows, 0.75) + " FROM " + from + " WHERE v IS NOT NULL GROUP BY g",
                parameters);
        if (quartiles.isEmpty()) {
            return new Boxes(Map.of(), 0, 0);
        }
        List<Object> fences = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (List<@Nullable Object> row : quartiles) {
            double q1 = Rows.number(row.get(2));
            double q3 = Rows.number(row.get(4));
            lines.add("(CAST(? AS VARCHAR), CAST(? AS DOUBLE), CAST(? AS DOUBLE))");
            fences.add(String.valueOf(row.get(0)));
            fences.add(q1 - BoxStatistics.WHISKER * (q3 - q1));
            fences.add(q3 + BoxStatistics.WHISKER * (q3 - q1));
        }
        fences.addAll(parameters);
        String joined = " FROM (VALUES " + String.join(", ", lines) + ") q(g, low, high) JOIN " + from
                + " b ON b.g = q.g WHERE v IS NOT NULL";
        Map<String, List<@Nullable Object>> whiskers = SpreadCharts.byName(rows.all(
                "SELECT q.g, min(CASE WHEN v >= low THEN v END), max(CASE WHEN v <= high THEN v END),"
                        + " count_if(v < low OR v > high), min(v), max(v)" + joined + " GROUP BY q.g",
                fences));
        Map<String, List<Double>> outliers = wanted == Outliers.READ ? outliers(rows, joined, fences) : Map.of();
        return gathered(quartiles, whiskers, outliers);
    }

    private static Map<String, List<Double>> outliers(Rows rows, String joined, List<Object> fences) {
        String sql = "SELECT q.g, v" + joined + " AND (v < low OR v > high) ORDER BY hash(v), v LIMIT " + MOST_READ;
        Map<String, List<Double>> found = new HashMap<>();
        for (List<@Nullable Object> row : rows.all(sql, fences)) {
            found.computeIfAbsent(String.valueOf(row.get(0)), name -> new ArrayList<>())
                    .add(Rows.number(row.get(1)));
        }
        return found;
    }

    private static Boxes gathered(
            List<List<@Nullable Object>> quartiles,
            Map<String, List<@Nullable Object>> whiskers,
            Map<String, List<Double>> outliers) {
        Map<String, Box> boxes = new LinkedHashMap<>();
        long all = 0;
        long shown = 0;
        for (List<@Nullable Object> row : quartiles) {
            String name = String.valueOf(row.get(0));
            List<@Nullable Object> ends = whiskers.getOrDefault(name, List.of());
            double q1 = Rows.number(row.get(2));
            double q3 = Rows.number(row.get(4));
            double lower = Math.min(q1, Rows.number(ends.get(1)));
            double upper = Math.max(q3, Rows.number(ends.get(2)));
            List<Double> far = new ArrayList<>(outliers.getOrDefault(name, List.of()));
            if (far.size() < Rows.whole(ends.get(3)) && !outliers.isEmpty()) {
                addEnds(far, Rows.number(ends.get(4)), Rows.number(ends.get(5)), lower, upper);
            }
            List<Double> drawn = SpreadCharts.shown(far);
            all += Rows.whole(ends.get(3));
            shown += drawn.size();
            boxes.put(
                    name, new Box(name, lower, q1, Rows.number(row.get(3)), q3, upper, drawn, Rows.whole(row.get(1))));
        }
        return new Boxes(boxes, outliers.isEmpty() ? shown : all, shown);
    }

    /** The farthest values always show. */
    private static void addEnds(List<Double> far, double min, double max, double lower, double upper) {
        if (min < lower && !far.contains(min)) {
            far.add(min);
        }
        if (max > upper && !far.contains(max)) {
            far.add(max);
        }
    }
}
