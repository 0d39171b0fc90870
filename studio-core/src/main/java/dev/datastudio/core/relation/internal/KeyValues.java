package dev.datastudio.core.relation.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.relation.RelationTable;
import dev.datastudio.core.relation.RelationTable.KeyColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    public Counts counts(RelationTable table, KeyColumn column) {
        return counts.computeIfAbsent(
                table(table) + "." + quote(column.name()), key -> count(table(table), quote(column.name())));
    }

    private Counts count(String table, String column) {
        List<?> row = row("SELECT COUNT(*), COUNT(" + column + "), COUNT(DISTINCT " + column + ") FROM " + table);
        return new Counts(number(row.get(0)), number(row.get(1)), number(row.get(2)));
    }

    /** How many different values of one column are found in another. */
    public long found(RelationTable table, KeyColumn column, RelationTable other, KeyColumn key) {
        String value = quote(column.name());
        return number(row("SELECT COUNT(*) FROM (SELECT DISTINCT " + value + " AS v FROM " + table(table) + " WHERE "
                        + value + " IS NOT NULL) AS d WHERE EXISTS (SELECT 1 FROM " + table(other) + " AS k WHERE k."
                        + quote(key.name()) + " = d.v)")
                .get(0));
    }

    /** The least and the greatest of a column of whole numbers that has a value. */
    public long[] range(RelationTable table, KeyColumn column) {
        String value = quote(column.name());
        List<?> row = row("SELECT MIN(" + value + "), MAX(" + value + ") FROM " + table(table));
        return new long[] {number(row.get(0)), number(row.get(1))};
    }

    private List<?> row(String sql) {
        return engine.execute(Query.of(sql), cancellation).rows().get(0);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private String table(RelationTable table) {
        return table.sqlName().stream().map(this::quote).collect(Collectors.joining("."));
    }

    private String quote(String name) {
        String mark = engine.name().equals("mysql") || engine.name().equals("mariadb") ? "`" : "\"";
        return mark + name.replace(mark, mark + mark) + mark;
    }
}
