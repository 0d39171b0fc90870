package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Java values become when they are stored. */
enum JavaKind {
    BOOLEAN(ColumnType.BOOLEAN, "BOOLEAN"),
    INTEGER(ColumnType.INTEGER, "BIGINT"),
    BIG_INTEGER(ColumnType.DECIMAL, "DECIMAL(38,0)"),
    DECIMAL(ColumnType.DECIMAL, "DOUBLE"),
    DATE(ColumnType.DATE, "DATE"),
    TIMESTAMP(ColumnType.TIMESTAMP, "TIMESTAMP"),
    TIME(ColumnType.TIME, "TIME"),
    TEXT(ColumnType.TEXT, "VARCHAR");

    private final ColumnType type;
    private final String sqlType;

    JavaKind(ColumnType type, String sqlType) {
        this.type = type;
        this.sqlType = sqlType;
    }

    ColumnType type() {
        return type;
    }

    String sqlType() {
        return sqlType;
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
        } else if (type == double.class || type == float.class || Number.class.isAssignableFrom(type)) {
            return DECIMAL;
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
            return this == DECIMAL || other == DECIMAL ? DECIMAL : BIG_INTEGER;
        }
        return type.isTemporal() && other.type.isTemporal() ? TIMESTAMP : TEXT;
    }

    /**
     * A value as it is stored: Boolean, Long, BigDecimal, Double, LocalDate, LocalDateTime, LocalTime or String; null
     * stays null. Instants become their date and time in UTC; fractions of seconds are cut at microseconds.
     */
    @Nullable
    Object store(@Nullable Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Optional<?> optional) {
            return store(optional.orElse(null));
        }
        return switch (this) {
            case BOOLEAN -> value;
            case INTEGER -> ((Number) value).longValue();
            case BIG_INTEGER -> new BigDecimal(value.toString()).setScale(0, RoundingMode.UNNECESSARY);
            case DECIMAL -> ((Number) value).doubleValue();
            case DATE -> value instanceof java.sql.Date date ? date.toLocalDate() : value;
            case TIMESTAMP -> timestamp(value);
            case TIME -> value instanceof java.sql.Time time ? time.toLocalTime() : micros((LocalTime) value);
            case TEXT -> value instanceof Enum<?> constant ? constant.name() : value.toString();
        };
    }

    private static LocalDateTime timestamp(Object value) {
        LocalDateTime time;
        if (value instanceof LocalDateTime local) {
            time = local;
        } else if (value instanceof LocalDate date) {
            time = date.atStartOfDay();
        } else if (value instanceof Instant instant) {
            time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        } else if (value instanceof OffsetDateTime offset) {
            time = LocalDateTime.ofInstant(offset.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof ZonedDateTime zoned) {
            time = LocalDateTime.ofInstant(zoned.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof java.sql.Timestamp stamp) {
            time = stamp.toLocalDateTime();
        } else if (value instanceof java.sql.Date date) {
            time = date.toLocalDate().atStartOfDay();
        } else if (value instanceof Date date) {
            time = LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
        } else {
            throw new AssertionError(value.getClass());
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalTime micros(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
