package dev.datastudio.core.analysis;

import java.util.List;

/**
 * The tables that a step reads. Immutable.
 *
 * @param tables names in SQL, at least one; the first is the one whose rows are counted
 * @param joins how the others hang on those before them, one for each table after the first
 */
public record Source(List<String> tables, List<Join> joins) {
    /** @throws IllegalArgumentException if there is no table or the joins don't match the tables */
    public Source {
        tables = List.copyOf(tables);
        joins = List.copyOf(joins);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("tables must not be empty");
        }
        if (joins.size() != tables.size() - 1) {
            throw new IllegalArgumentException(
                    "joins must be one fewer than tables, were " + joins.size() + " for " + tables);
        }
    }

    /** A single table. */
    public static Source of(String table) {
        return new Source(List.of(table), List.of());
    }

    /**
     * An inner join of the next table by equal keys.
     *
     * @param left a column of a table named earlier
     * @param right a column of the table that this join adds
     */
    public record Join(Expression.ColumnRef left, Expression.ColumnRef right) {}
}
