package dev.datastudio.core.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table or view of a source. Immutable.
 *
 * @param name names it
 * @param kind whether it is a table or a view
 * @param comment what its owners wrote about it; empty when nothing
 * @param rowEstimate how many rows the catalogue believes it has; -1 when it does not say. Never counted
 * @param columns in order
 * @param primaryKey the columns of its primary key in order; empty when it has none
 * @param uniqueKeys the columns of each other key without repeated values
 * @param foreignKeys what it refers to
 */
public record SourceTable(
        TableName name,
        Kind kind,
        String comment,
        long rowEstimate,
        List<SourceColumn> columns,
        List<String> primaryKey,
        List<List<String>> uniqueKeys,
        List<ForeignKey> foreignKeys) {
    public SourceTable {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(comment, "comment");
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** The column of that name, letter case aside. */
    public Optional<SourceColumn> findColumn(String column) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(column)).findFirst();
    }

    /** What a {@link SourceTable} is. */
    public enum Kind {
        /** Holds rows. */
        TABLE,
        /** Computes rows from others. */
        VIEW
    }
}
