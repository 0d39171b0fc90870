package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.chart.Charts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A data set's rows, asked by SQL, with what its columns are called and how they are read. Immutable. */
record Rows(QueryEngine engine, Dataset dataset, Cancellation cancellation) {
    /** The name of a column or table in SQL. */
    static String name(String raw) {
        return "\"" + raw.replace("\"", "\"\"") + "\"";
    }

    String table() {
        return name(dataset.table());
    }

    /** A column as finite numbers; missing and infinite values are NULL. */
    static String number(Column column) {
        String value = "CAST(" + name(column.name()) + " AS DOUBLE)";
        return column.type() == ColumnType.INTEGER ? value : "CASE WHEN isfinite(" + value + ") THEN " + value + " END";
    }

    /** A column as the names of categories; missing ones have a name too. */
    static String category(Column column) {
        return "coalesce(nullif(trim(CAST(" + name(column.name()) + " AS VARCHAR)), ''), '" + Charts.MISSING + "')";
    }

    /** A column as points in time; infinite ones are NULL. */
    static String time(Column column) {
        String value = "CAST(" + name(column.name()) + " AS TIMESTAMP)";
        return "CASE WHEN isfinite(" + value + ") THEN " + value + " END";
    }

    QueryResult query(String sql, List<?> parameters, long most) {
        QueryLimits limits = QueryLimits.DEFAULT.withMaxRows(most);
        return engine.execute(new Query(sql, new ArrayList<>(parameters), limits), cancellation);
    }

    List<List<@Nullable Object>> all(String sql, List<?> parameters) {
        return query(sql, parameters, QueryLimits.NO_ROW_LIMIT).rows();
    }

    /** The only row of a statement that gives one. */
    List<@Nullable Object> one(String sql) {
        return query(sql, List.of(), 1).rows().get(0);
    }

    /** A number of a row; NaN when it is missing. */
    static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    static long whole(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** The axis of a column's own values. */
    static Axis axis(Column column, Axis.Scale scale) {
        ValueFormat format =
                column.type() == ColumnType.INTEGER && column.unit().isEmpty()
                        ? ValueFormat.integer()
                        : ValueFormat.number(column.unit());
        return new Axis(column.name(), format, scale);
    }
}
