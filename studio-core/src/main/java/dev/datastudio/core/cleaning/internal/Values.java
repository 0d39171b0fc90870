package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Expression.Constant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constants as values of a column. */
final class Values {
    private static final Pattern EXACT = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
    /** What doubles are cut to, so that the order of a sum does not show. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    private Values() {}

    /** A column and a value in one type of the database. */
    record Fitted(Fragment column, Fragment value) {}

    /**
     * A constant as a value of a column; both become floating point when the column's type can't hold it.
     *
     * @throws StudioException with INVALID_ARGUMENT when it is no value of such a column
     */
    static Fitted fit(Constant constant, InputColumn column) {
        Object value = constant.value();
        switch (column.type()) {
            case INTEGER, DECIMAL -> {
                if (value instanceof Number number) {
                    return number(new BigDecimal(number.toString()), column);
                }
            }
            case TEXT -> {
                if (value instanceof String text) {
                    return new Fitted(column.sql(), Fragment.text(text));
                }
            }
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    return cast(column, value);
                }
            }
            case DATE, TIMESTAMP -> {
                if (value instanceof Temporal || value instanceof String) {
                    return cast(column, time(value, column).toString());
                }
            }
            case TIME, OTHER -> {}
        }
        throw misfit(value, column);
    }

    private static Fitted number(BigDecimal number, InputColumn column) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int whole = plain.precision() - plain.scale();
        if (column.type() == ColumnType.INTEGER && plain.scale() <= 0 && whole <= 19 && isLong(plain)) {
            return new Fitted(column.sql(), new Fragment("CAST(? AS BIGINT)", List.of(plain.longValueExact())));
        }
        Matcher exact = EXACT.matcher(column.sqlType());
        if (exact.matches()) {
            int scale = Integer.parseInt(exact.group(2));
            if (plain.scale() <= scale && whole <= Integer.parseInt(exact.group(1)) - scale) {
                return cast(column, plain.toPlainString());
            }
        }
        return new Fitted(column.asDouble(), Fragment.number(plain.doubleValue()));
    }

    private static boolean isLong(BigDecimal number) {
        return number.toBigInteger().bitLength() < Long.SIZE;
    }

    private static Fitted cast(InputColumn column, Object value) {
        return new Fitted(column.sql(), new Fragment("CAST(? AS " + column.sqlType() + ")", List.of(value)));
    }

    private static Temporal time(Object value, InputColumn column) {
        boolean day = column.type() == ColumnType.DATE;
        try {
            if (value instanceof LocalDate date) {
                return day ? date : date.atStartOfDay();
            } else if (value instanceof LocalDateTime time && !day) {
                return time;
            } else if (value instanceof String text) {
                String iso = text.strip().replace(' ', 'T');
                if (day) {
                    return LocalDate.parse(iso);
                }
                return iso.length() <= 10 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
            }
        } catch (DateTimeException e) {
            throw misfit(value, column);
        }
        throw misfit(value, column);
    }

    private static StudioException misfit(Object value, InputColumn column) {
        String mend = switch (column.type()) {
            case BOOLEAN -> "Use true or false";
            case INTEGER, DECIMAL -> "Use a number";
            case DATE -> "Use a date as in 2024-12-31";
            case TIMESTAMP -> "Use a point in time as in 2024-12-31T23:59:00";
            case TEXT -> "Use a text";
            case TIME, OTHER -> "Change the type of the column first";
        };
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                quote(value) + " is no value of column " + quote(column.name()) + ", which is of type "
                        + column.typeWord(),
                mend);
    }

    /** What the database gave as a constant. */
    static Constant constant(Object value) {
        if (value instanceof Double number) {
            return new Constant(rounded(number));
        } else if (value instanceof Float number) {
            return new Constant(rounded(number));
        } else if (value instanceof BigInteger number) {
            return new Constant(new BigDecimal(number));
        } else if (value instanceof Number number && !(value instanceof BigDecimal)) {
            return new Constant(number.longValue());
        } else if (value instanceof Timestamp stamp) {
            return new Constant(stamp.toLocalDateTime());
        } else if (value instanceof java.sql.Date date) {
            return new Constant(date.toLocalDate());
        }
        return new Constant(value);
    }

    /** A number with 15 significant digits. */
    static double rounded(double number) {
        return Double.isFinite(number) ? new BigDecimal(number).round(DIGITS).doubleValue() : number;
    }

    static double number(Constant constant) {
        return ((Number) constant.value()).doubleValue();
    }
}
