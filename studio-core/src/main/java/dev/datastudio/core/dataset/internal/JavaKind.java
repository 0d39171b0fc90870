package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.RowColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;

/** What the values of a Java class become when they are stored. */
enum JavaKind {
    BOOLEAN(ColumnType.BOOLEAN),
    INTEGER(ColumnType.INTEGER),
    BIG_INTEGER(ColumnType.DECIMAL),
    EXACT(ColumnType.DECIMAL),
    FLOATING(ColumnType.DECIMAL),
    DATE(ColumnType.DATE),
    TIMESTAMP(ColumnType.TIMESTAMP),
    TIME(ColumnType.TIME),
    TEXT(ColumnType.TEXT);

    private final ColumnType type;

    JavaKind(ColumnType type) {
        this.type = type;
    }

    /** A column of such values. */
    RowColumn column(String name) {
        return switch (this) {
            case BIG_INTEGER -> RowColumn.decimal(name, RowColumn.MAX_PRECISION, 0);
            case EXACT -> RowColumn.exact(name);
            default -> RowColumn.of(name, type);
        };
    }

    /** The kind of all values of a class. */
    static JavaKind of(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return BOOLEAN;
        } else if (type == long.class
                || type == int.class
                || type == short.class
                || type == byte.class
                || type == Long.class
                || type == Integer.class
                || type == Short.class
                || type == Byte.class) {
            return INTEGER;
        } else if (type == BigInteger.class) {
            return BIG_INTEGER;
        } else if (type == BigDecimal.class) {
            return EXACT;
        } else if (type == double.class || type == float.class || Number.class.isAssignableFrom(type)) {
            return FLOATING;
        } else if (type == LocalDate.class || type == java.sql.Date.class) {
            return DATE;
        } else if (type == LocalTime.class || type == java.sql.Time.class) {
            return TIME;
        }
        return isPointInTime(type) ? TIMESTAMP : TEXT;
    }

    private static boolean isPointInTime(Class<?> type) {
        return type == LocalDateTime.class
                || type == Instant.class
                || type == OffsetDateTime.class
                || type == ZonedDateTime.class
                || Date.class.isAssignableFrom(type);
    }

    /** The narrowest kind that holds values of both. */
    JavaKind with(JavaKind other) {
        if (this == other) {
            return this;
        }
        boolean numbers = type.isNumeric() && other.type.isNumeric();
        if (numbers) {
            if (this == FLOATING || other == FLOATING) {
                return FLOATING;
            }
            return this == EXACT || other == EXACT ? EXACT : BIG_INTEGER;
        }
        return type.isTemporal() && other.type.isTemporal() ? TIMESTAMP : TEXT;
    }
}
