package dev.datastudio.core.chart.dataset;

import java.util.Locale;

/** One number from the values of a group. Missing and infinite values are left out. */
public enum ChartAggregate {
    COUNT("count(v)", "Count"),
    SUM("sum(v)", "Sum"),
    MEAN("avg(v)", "Mean"),
    MEDIAN("quantile_cont(v, 0.5)", "Median"),
    MIN("min(v)", "Minimum"),
    MAX("max(v)", "Maximum");

    private final String sql;
    private final String word;

    ChartAggregate(String sql, String word) {
        this.sql = sql;
        this.word = word;
    }

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The aggregate of the column {@code v} in SQL. */
    String sql() {
        return sql;
    }

    /** As titles have it: {@code Mean of Sales}. */
    String of(String column) {
        return word + " of " + column;
    }
}
