package dev.datastudio.core.query;

import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A stored data set under the name that statements use. Immutable.
 *
 * @param table what the table is called; any text but an empty one, compared without regard to case
 * @param file a DuckDB database file whose rows are the table {@code main.data}; absolute after construction
 */
public record DuckDbTable(String table, Path file) {
    /** The table that holds the rows inside each file. */
    public static final String DATA = "data";

    /** @throws IllegalArgumentException if the name is empty or holds a NUL character */
    public DuckDbTable {
        Objects.requireNonNull(table, "table");
        if (table.isEmpty() || table.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "table must be a non-empty name without NUL characters, was " + StudioException.quote(table));
        }
        file = file.toAbsolutePath().normalize();
    }
}
