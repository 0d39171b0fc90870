package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.RowColumn;
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

/**
 * Turns the values of one column into what the table takes, and remembers what it must say about them. Not
 * thread-safe.
 */
final class StoredColumn {
    private static final int SMALL_DIGITS = 18;
    /** What DuckDB can hold lies within; databases write "infinity" as a date beyond. */
    private static final int MAX_YEAR = 290_000;

    private final RowColumn column;
    private long notFinite;
    private int wholeDigits = 1;
    private int scale;
    private boolean tooLarge;

    StoredColumn(RowColumn column) {
        this.column = column;
    }

    /** Whether its type in the table is known only after its last value. */
    boolean isStaged() {
        return column.precision() == RowColumn.UNSIZED;
    }

    /** The type that values are appended as. */
    String appendedType() {
        return switch (column.type()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case DECIMAL ->
                isStaged()
                        ? "VARCHAR"
                        : column.precision() > 0 ? decimal(column.precision(), column.scale()) : "DOUBLE";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case TIME -> "TIME";
            case TEXT, OTHER -> "VARCHAR";
        };
    }

    /** The type in the table, when all values of a staged column were seen. */
    String finalType() {
        if (!isStaged()) {
            return appendedType();
        } else if (isBeyondExact()) {
            return "DOUBLE";
        }
        return decimal(wholeDigits + scale <= SMALL_DIGITS ? SMALL_DIGITS : RowColumn.MAX_PRECISION, scale);
    }

    private boolean isBeyondExact() {
        return tooLarge || wholeDigits + scale > RowColumn.MAX_PRECISION;
    }

    private static String decimal(int precision, int scale) {
        return "DECIMAL(" + precision + "," + scale + ")";
    }

    /** What is to be said about the column, in whole sentences. */
    void conclude(Notes notes) {
        if (notFinite > 0) {
            notes.say("has " + notFinite + (notFinite == 1 ? " value that is" : " values that are")
                    + " no finite number, read as missing");
        }
        if (isStaged() && isBeyondExact()) {
            notes.say("needs more than " + RowColumn.MAX_PRECISION
                    + " digits to be exact; it is stored as 64-bit floating point");
        }
    }

    /**
     * A value as it is stored: Boolean, Long, BigDecimal, Double, LocalDate, LocalDateTime, LocalTime or String; null
     * stays null. Fractions of seconds are cut at microseconds.
     *
     * @throws StudioException with INVALID_ARGUMENT when the column can't hold it
     */
    @Nullable
    Object store(@Nullable Object given, long row) {
        Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
        if (value == null) {
            return null;
        }
        try {
            return switch (column.type()) {
                case BOOLEAN -> (Boolean) value;
                case INTEGER -> whole(value);
                case DECIMAL -> number(value, row);
                case DATE -> date(value);
                case TIMESTAMP -> micros(timestamp(value));
                case TIME ->
                    (value instanceof java.sql.Time time ? time.toLocalTime() : (LocalTime) value)
                            .truncatedTo(ChronoUnit.MICROS);
                case TEXT, OTHER -> value instanceof Enum<?> constant ? constant.name() : value.toString();
            };
        } catch (ClassCastException | ArithmeticException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Row " + row + " has a value of class " + value.getClass().getSimpleName() + " in column "
                            + StudioException.quote(column.name()) + " that does not fit type " + column.type(),
                    "Give values of that type, or the column as TEXT",
                    e);
        }
    }

    private static Long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return exact((Number) value).longValueExact();
    }

    private @Nullable Object number(Object value, long row) {
        if (column.precision() == RowColumn.FLOATING) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? (Object) number : missing();
        }
        if (value instanceof Number floating && !Double.isFinite(floating.doubleValue()) && isFloating(value)) {
            return missing();
        }
        BigDecimal number = exact((Number) value);
        return isStaged() ? staged(number) : sized(number, row);
    }

    private @Nullable Object missing() {
        notFinite++;
        return null;
    }

    private static boolean isFloating(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    private static BigDecimal exact(Number value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        return value instanceof BigInteger number ? new BigDecimal(number) : new BigDecimal(value.toString());
    }

    private BigDecimal sized(BigDecimal value, long row) {
        BigDecimal number = value.setScale(column.scale(), RoundingMode.UNNECESSARY);
        if (number.precision() > column.precision()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Column " + StudioException.quote(column.name()) + " has a number of " + number.precision()
                            + " digits in row " + row,
                    "Give it as a text, or with at most " + column.precision() + " digits");
        }
        return number;
    }

    /** As text; what could never be exact is not written out in full, which may be billions of digits. */
    private String staged(BigDecimal number) {
        long digits = (long) number.precision() - number.scale();
        tooLarge |= digits > RowColumn.MAX_PRECISION || number.scale() > RowColumn.MAX_PRECISION;
        if (tooLarge) {
            return number.toString();
        }
        wholeDigits = Math.max(wholeDigits, (int) digits);
        scale = Math.max(scale, number.scale());
        return number.toPlainString();
    }

    private static LocalDate date(Object value) {
        LocalDate date = value instanceof java.sql.Date sql ? sql.toLocalDate() : (LocalDate) value;
        requireYear(date.getYear());
        return date;
    }

    private static LocalDateTime micros(LocalDateTime time) {
        requireYear(time.getYear());
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireYear(int year) {
        if (Math.abs(year) > MAX_YEAR) {
            throw new ArithmeticException("The year " + year + " is out of range");
        }
    }

    private static LocalDateTime timestamp(Object value) {
        if (value instanceof LocalDateTime local) {
            return local;
        } else if (value instanceof java.sql.Timestamp stamp) {
            return stamp.toLocalDateTime();
        } else if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        } else if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        } else if (value instanceof OffsetDateTime offset) {
            return LocalDateTime.ofInstant(offset.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof ZonedDateTime zoned) {
            return LocalDateTime.ofInstant(zoned.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof java.sql.Date date) {
            return date.toLocalDate().atStartOfDay();
        }
        return LocalDateTime.ofInstant(((Date) value).toInstant(), ZoneOffset.UTC);
    }
}
