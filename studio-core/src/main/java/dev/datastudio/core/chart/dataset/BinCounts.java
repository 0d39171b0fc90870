package dev.datastudio.core.chart.dataset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many values lie in each bin, counted in one pass. */
final class BinCounts {
    private BinCounts() {}

    /**
     * The counts, one a bin.
     *
     * @param value the number of a row in SQL
     * @param edges as {@code HistogramBins} gives them
     */
    static long[] of(Rows rows, String value, double[] edges) {
        long[] counts = new long[edges.length - 1];
        String sql = "SELECT " + number("v", edges) + " AS k, count(*) FROM (SELECT " + value + " AS v FROM "
                + rows.table() + ") WHERE v IS NOT NULL GROUP BY k";
        for (List<@Nullable Object> row : rows.all(sql, List.of())) {
            int bin = (int) Rows.whole(row.get(0));
            counts[Math.max(0, Math.min(counts.length - 1, bin))] += Rows.whole(row.get(1));
        }
        return counts;
    }

    /**
     * The number of a value's bin in SQL, from 0. A billionth of a width is added first, because 0.3 / 0.1 is a hair
     * below 3 in binary; the last bounded bin includes its upper edge.
     */
    static String number(String value, double[] edges) {
        int low = Double.isInfinite(edges[0]) ? 1 : 0;
        int high = edges.length - (Double.isInfinite(edges[edges.length - 1]) ? 2 : 1);
        double width = new BigDecimal((edges[high] - edges[low]) / (high - low), new MathContext(12)).doubleValue();
        StringBuilder sql = new StringBuilder("CAST(CASE");
        if (low > 0) {
            sql.append(" WHEN ")
                    .append(value)
                    .append(" < ")
                    .append(literal(edges[low]))
                    .append(" THEN 0");
        }
        String over = high < edges.length - 1 ? " >= " : " > ";
        sql.append(" WHEN ")
                .append(value)
                .append(over)
                .append(literal(edges[high]))
                .append(" THEN ");
        sql.append(high < edges.length - 1 ? high : high - 1);
        sql.append(" ELSE least(")
                .append(high - 1)
                .append(", greatest(")
                .append(low)
                .append(", ")
                .append(low);
        sql.append(" + floor((")
                .append(value)
                .append(" - ")
                .append(literal(edges[low]))
                .append(") / ");
        return sql.append(literal(width)).append(" + 1e-9))) END AS BIGINT)").toString();
    }

    /** A finite number in SQL, exact. */
    static String literal(double number) {
        return "CAST('" + number + "' AS DOUBLE)";
    }
}
