package dev.datastudio.api.relation;

import java.util.Objects;

/**
 * Names a table of a tenant. Immutable.
 *
 * @param source the id of the database that it is in, or {@link #DATASETS} for an imported data set
 * @param table its name there, as in SQL, with its schema where it has one: {@code public.orders}
 */
public record TableRef(String source, String table) {
    /** The source of the data sets that a studio imported. */
    public static final String DATASETS = "datasets";

    /** @throws IllegalArgumentException if a part is blank */
    public TableRef {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(table, "table");
        if (source.isBlank() || table.isBlank()) {
            throw new IllegalArgumentException(
                    "source and table must not be blank, were '" + source + "', '" + table + "'");
        }
    }

    /** An imported data set, by its {@link dev.datastudio.api.dataset.Dataset#table()}. */
    public static TableRef dataset(String table) {
        return new TableRef(DATASETS, table);
    }

    @Override
    public String toString() {
        return source.equals(DATASETS) ? table : source + ":" + table;
    }
}
