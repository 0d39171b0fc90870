package dev.datastudio.core.schema;

import java.util.Objects;

/**
 * A line about a column. Immutable.
 *
 * @param column its name as the catalogue spells it
 * @param line what it holds
 */
public record ColumnDoc(String column, DocText line) {
    public ColumnDoc {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(line, "line");
    }
}
