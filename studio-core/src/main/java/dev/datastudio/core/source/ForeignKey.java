package dev.datastudio.core.source;

import java.util.List;
import java.util.Objects;

/**
 * Columns whose values are those of another table's key, as declared. Immutable.
 *
 * @param name of the constraint; made up where the database gives none
 * @param columns in the order of the key, at least one
 * @param target the table referred to
 * @param targetColumns its columns, as many, in the same order
 */
public record ForeignKey(String name, List<String> columns, TableName target, List<String> targetColumns) {
    public ForeignKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
    }
}
