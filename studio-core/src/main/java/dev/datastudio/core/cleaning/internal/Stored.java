package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.dataset.ColumnType;

/** Computed values in the types that a table stores. */
final class Stored {
    private Stored() {}

    /** A value of a kind as it is stored. */
    static Fragment as(ColumnType type, Fragment value) {
        return switch (type) {
            case INTEGER -> Fragment.of("CAST(", value, " AS BIGINT)");
            case BOOLEAN -> Fragment.of("CAST(", value, " AS BOOLEAN)");
            case DATE -> Fragment.of("CAST(", value, " AS DATE)");
            case TIMESTAMP -> Fragment.of("CAST(", value, " AS TIMESTAMP)");
            case TEXT -> Fragment.of("CAST(", value, " AS VARCHAR)");
            case DECIMAL, TIME, OTHER -> value;
        };
    }
}
