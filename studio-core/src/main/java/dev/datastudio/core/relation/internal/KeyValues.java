package dev.datastudio.core.relation.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.relation.RelationTable;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the engine about the values of columns, in SQL that all engines know. Remembers counts; not thread-safe. */
public final class KeyValues {
    private final QueryEngine engine;
    private final Cancellation cancellation;
    private final Map<String, Counts> counts = new HashMap<>();

    public KeyValues(QueryEngine engine, Cancellation cancellation) {
        this.engine = engine;
        this.cancellation = cancellation;
    }

    /**
     * The values of a column in numbers.
     *
     * @param rows all rows
     * @param values rows with a value
     * @param distinct different values
     */
    public record Counts(long rows, long values, long distinct) {
        /** Whether each value names one row. */
        public boolean isUnique() {
            return rows > 0 && values == rows && distinct == rows;
        }
    }

    /** The counts of a column. */
    public Counts counts(RelationTable table, ColumnInfo column) {
        return counts.computeIfAbsent(
                table.info().sql() + "." + column.sql(),
                key -> count(table.info().sql(), column.sql()));
    }

    private Counts count(String table, String column) {
        List<?> row = row("SELECT COUNT(*), COUNT(" + column + "), COUNT(DISTINCT " + column + ") FROM " + table);
        return new Counts(number(row.get(0)), number(row.get(1)), number(row.get(2)));
    }

    /** How many different values of one column are found in another. */
    public long found(RelationTable table, ColumnInfo column, RelationTable other, ColumnInfo key) {
        String value = column.sql();
        return number(row("SELECT COUNT(*) FROM (SELECT DISTINCT " + value + " AS v FROM "
                        + table.info().sql() + " WHERE "
                        + value + " IS NOT NULL) AS d WHERE EXISTS (SELECT 1 FROM "
                        + other.info().sql() + " AS k WHERE k."
                        + key.sql() + " = d.v)")
                .get(0));
    }

    /** The least and the greatest of a column of whole numbers that has a value. */
    public long[] range(RelationTable table, ColumnInfo column) {
        String value = column.sql();
        List<?> row = row("SELECT MIN(" + value + "), MAX(" + value + ") FROM "
                + table.info().sql());
        return new long[] {number(row.get(0)), number(row.get(1))};
    }

    private List<?> row(String sql) {
        return engine.execute(Query.of(sql), cancellation).rows().get(0);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
