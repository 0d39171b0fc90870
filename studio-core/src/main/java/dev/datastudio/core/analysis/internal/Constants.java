package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.PartOf;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Constants fitted to the type of what they are compared with. */
final class Constants {
    private Constants() {}

    /** The constant as a value of a type; empty when it can't be one. */
    static Optional<Constant> fit(Constant constant, Expression beside, ColumnType type) {
        Object value = constant.value();
        if (beside instanceof PartOf part && value instanceof String name) {
            return named(part.part(), name).or(() -> number(name)).map(Constant::new);
        }
        return switch (type) {
            case BOOLEAN -> truth(value).map(Constant::new);
            case INTEGER, DECIMAL -> number(value).map(Constant::new);
            case DATE, TIMESTAMP -> time(value).map(Constant::new);
            case TEXT -> Optional.of(text(value)).map(Constant::new);
            case TIME, OTHER -> value instanceof String ? Optional.of(constant) : Optional.empty();
        };
    }

    /** What can stand beside a value, as a mend. */
    static String wanted(Expression beside, ColumnType type) {
        if (beside instanceof PartOf) {
            return "Use a whole number, or the name of a month or weekday";
        }
        return switch (type) {
            case BOOLEAN -> "Use true or false";
            case INTEGER, DECIMAL -> "Use a number";
            case DATE, TIMESTAMP -> "Use a date as in 2024-12-31";
            case TEXT, TIME, OTHER -> "Use a text";
        };
    }

    /** Whether values of two types can be compared. */
    static boolean comparable(ColumnType one, ColumnType other) {
        return one == other || (one.isNumeric() && other.isNumeric()) || (one.isTemporal() && other.isTemporal());
    }

    private static Object text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static Optional<Object> truth(Object value) {
        if (value instanceof Boolean) {
            return Optional.of(value);
        }
        return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Optional.of(true);
            case "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> number(Object value) {
        if (value instanceof Number) {
            return Optional.of(value);
        }
        try {
            BigDecimal number = new BigDecimal(String.valueOf(value).strip());
            boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
            return Optional.of(whole ? (Object) number.longValueExact() : number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> time(Object value) {
        if (value instanceof LocalDate || value instanceof LocalDateTime) {
            return Optional.of(value);
        }
        String text = String.valueOf(value).strip();
        try {
            return Optional.of(
                    text.length() <= 10 ? LocalDate.parse(text) : LocalDateTime.parse(text.replace(' ', 'T')));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> named(DatePart part, String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        if (part == DatePart.MONTH) {
            return number(upper, Month.values());
        } else if (part == DatePart.WEEKDAY) {
            return number(upper, DayOfWeek.values());
        }
        return Optional.empty();
    }

    /** The place, from 1, of a whole name or its first three letters. */
    private static Optional<Object> number(String name, Enum<?>[] names) {
        for (int i = 0; i < names.length; i++) {
            String one = names[i].name();
            if (one.equals(name) || (name.length() == 3 && one.startsWith(name))) {
                return Optional.of(i + 1L);
            }
        }
        return Optional.empty();
    }
}
