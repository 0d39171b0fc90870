package dev.datastudio.api.relation;

import java.util.List;
import java.util.Objects;

/**
 * Columns of a table that stand on one side of a relation. Immutable.
 *
 * @param table whose columns they are
 * @param columns at least one, in the order in which they meet those of the other side
 */
public record Key(TableRef table, List<String> columns) {
    /** @throws IllegalArgumentException if there is no column */
    public Key {
        Objects.requireNonNull(table, "table");
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A key needs a column");
        }
    }

    /** A key of one column. */
    public static Key of(TableRef table, String column) {
        return new Key(table, List.of(column));
    }

    @Override
    public String toString() {
        return table + "." + (columns.size() == 1 ? columns.get(0) : columns.toString());
    }
}
