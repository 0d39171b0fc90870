package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import java.util.Locale;

/**
 * A column as it is when a step begins. Immutable.
 *
 * @param sqlType its type in the database, as {@code DECIMAL(18,2)}
 */
record InputColumn(String name, ColumnType type, String sqlType) {
    static InputColumn of(String name, String sqlType) {
        return new InputColumn(name, type(sqlType.toUpperCase(Locale.ROOT)), sqlType);
    }

    private static ColumnType type(String sqlType) {
        if (sqlType.startsWith("DECIMAL")) {
            return ColumnType.DECIMAL;
        }
        return switch (sqlType) {
            case "BIGINT", "INTEGER", "SMALLINT", "TINYINT" -> ColumnType.INTEGER;
            case "DOUBLE", "FLOAT", "HUGEINT", "UBIGINT" -> ColumnType.DECIMAL;
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "DATE" -> ColumnType.DATE;
            case "TIME" -> ColumnType.TIME;
            case "TIMESTAMP" -> ColumnType.TIMESTAMP;
            case "VARCHAR" -> ColumnType.TEXT;
            default -> ColumnType.OTHER;
        };
    }

    Fragment sql() {
        return Fragment.name(name);
    }

    Fragment asDouble() {
        return Fragment.of("CAST(", sql(), " AS DOUBLE)");
    }

    /** The column as plans see it. */
    Column asColumn() {
        return new Column(name, type, ColumnRole.DIMENSION, "", -1, 0);
    }

    /** Its type as people call it. */
    String typeWord() {
        return word(type);
    }

    static String word(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "truth value";
            case INTEGER -> "whole number";
            case DECIMAL -> "number";
            case DATE -> "date";
            case TIMESTAMP -> "point in time";
            case TIME -> "time of day";
            case TEXT -> "text";
            case OTHER -> "structure";
        };
    }
}
