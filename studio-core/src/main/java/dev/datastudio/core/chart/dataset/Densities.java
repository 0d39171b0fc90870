package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.core.chart.KernelDensity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kernel densities of categories: one pass tells count, range and deviation, a second one counts values onto the grid of
 * {@link KernelDensity}, each shared between the two places beside it. Immutable.
 *
 * @param support of all categories, so that their curves can be compared
 */
record Densities(Rows rows, String value, @Nullable Groups groups, KernelDensity.Support support) {
    /** The curve of each category that has two different values. */
    Map<String, List<Point>> curves(double cut) {
        String from = SpreadCharts.categorised(rows, value, groups);
        List<Object> parameters = SpreadCharts.parameters(groups);
        Map<String, List<@Nullable Object>> ranges = SpreadCharts.byName(rows.all(
                "SELECT g, count(v), min(v), max(v), stddev_samp(v) FROM " + from + " GROUP BY g", parameters));
        Map<String, double[]> grids = grids(from, parameters);
        Map<String, List<Point>> curves = new LinkedHashMap<>();
        ranges.forEach((name, range) -> {
            long count = Rows.whole(range.get(1));
            double min = Rows.number(range.get(2));
            double max = Rows.number(range.get(3));
            double bandwidth = KernelDensity.bandwidth(Rows.number(range.get(4)), count);
            double @Nullable [] weights = grids.get(name);
            if (weights != null && min < max && bandwidth > 0) {
                curves.put(name, KernelDensity.ofGrid(min, max, weights, bandwidth, cut, support));
            }
        });
        return curves;
    }

    private Map<String, double[]> grids(String from, List<Object> parameters) {
        int last = KernelDensity.GRID - 1;
        String place = "(v - lo) / ((hi - lo) / " + last + ")";
        String below = "least(floor(" + place + "), " + (last - 1) + ")";
        String sql = "WITH b AS MATERIALIZED (SELECT * FROM " + from + " WHERE v IS NOT NULL),\n"
                + "s AS (SELECT g, min(v) AS lo, max(v) AS hi FROM b GROUP BY g HAVING max(v) > min(v)),\n"
                + "p AS (SELECT b.g AS g, " + place + " AS place, " + below + " AS k FROM b JOIN s ON b.g = s.g)\n"
                + "SELECT g, CAST(k AS BIGINT), count(*), sum(place - k) FROM p GROUP BY g, k";
        Map<String, double[]> grids = new HashMap<>();
        for (List<@Nullable Object> row : rows.all(sql, new ArrayList<>(parameters))) {
            double[] weights =
                    grids.computeIfAbsent(String.valueOf(row.get(0)), name -> new double[KernelDensity.GRID]);
            int k = (int) Rows.whole(row.get(1));
            double above = Rows.number(row.get(3));
            weights[k] += Rows.number(row.get(2)) - above;
            weights[k + 1] += above;
        }
        return grids;
    }
}
