package dev.datastudio.core.source;

import java.util.Objects;

/**
 * Names a table or view of a source, as its catalogue spells it. Immutable.
 *
 * @param schema empty where the database has none, or for the one that the connection begins in
 * @param name not empty
 */
public record TableName(String schema, String name) {
    /** @throws IllegalArgumentException if the name is empty */
    public TableName {
        Objects.requireNonNull(schema, "schema");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
    }

    /** A table of the schema that the connection begins in. */
    public static TableName of(String name) {
        return new TableName("", name);
    }

    /** Both parts with a dot between, for people; not for SQL. */
    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
