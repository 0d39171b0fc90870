package dev.datastudio.core.query;

import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A stored data set under the name that statements use. Immutable.
 *
 * @param table what the table is called; any text but an empty one, compared without regard to case
 * @param file a DuckDB database file; absolute after construction
 * @param schema the schema within the file
 * @param stored the table or view within the schema
 */
public record DuckDbTable(String table, Path file, String schema, String stored) {
    /** The schema that holds the rows inside the file of a data set. */
    public static final String MAIN = "main";

    /** The table that holds the rows inside the file of a data set. */
    public static final String DATA = "data";

    /** The rows of a data set: the table {@code main.data} of its file. */
    public DuckDbTable(String table, Path file) {
        this(table, file, MAIN, DATA);
    }

    /** @throws IllegalArgumentException if the name is empty or holds a NUL character */
    public DuckDbTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(stored, "stored");
        if (table.isEmpty() || table.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "table must be a non-empty name without NUL characters, was " + StudioException.quote(table));
        }
        file = file.toAbsolutePath().normalize();
    }
}
