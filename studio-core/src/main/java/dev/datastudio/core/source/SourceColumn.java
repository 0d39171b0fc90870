package dev.datastudio.core.source;

import dev.datastudio.api.dataset.ColumnType;
import java.util.Objects;

/**
 * A column of a source's table. Immutable.
 *
 * @param name as the catalogue spells it
 * @param nativeType what the database calls its type, such as {@code numeric(12,2)}
 * @param type what an import makes of it; SQLite, whose columns hold what they like, may differ
 * @param nullable whether it may hold missing values
 * @param defaultValue the expression of its default; empty when it has none
 * @param comment what its owners wrote about it; empty when nothing
 */
public record SourceColumn(
        String name, String nativeType, ColumnType type, boolean nullable, String defaultValue, String comment) {
    public SourceColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(nativeType, "nativeType");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(defaultValue, "defaultValue");
        Objects.requireNonNull(comment, "comment");
    }
}
