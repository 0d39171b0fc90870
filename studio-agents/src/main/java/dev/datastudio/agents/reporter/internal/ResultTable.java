package dev.datastudio.agents.reporter.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.chart.Charts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a statement as charts need them. Immutable. */
final class ResultTable {
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 2999;
    private static final Pattern YEAR_NAME = Pattern.compile("(?i)(.*[^a-z])?years?([^a-z].*)?");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");

    private final QueryResult result;

    ResultTable(QueryResult result) {
        this.result = result;
    }

    QueryResult result() {
        return result;
    }

    int size() {
        return result.rows().size();
    }

    List<ResultColumn> columns() {
        return result.columns();
    }

    /** The place of a column, letter case aside; -1 when there is none. */
    int find(String column) {
        for (int i = 0; i < result.columns().size(); i++) {
            if (result.columns().get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }

    @Nullable
    Object value(int row, int column) {
        return result.rows().get(row).get(column);
    }

    String name(int column) {
        return result.columns().get(column).name();
    }

    /** Whether all its values are numbers, and at least one is there. */
    boolean isNumber(int column) {
        boolean any = false;
        for (int row = 0; row < size(); row++) {
            Object value = value(row, column);
            any |= value != null;
            if (value != null && !(value instanceof Number)) {
                return false;
            }
        }
        return any;
    }

    /** A number; NaN when it is missing or infinite. */
    double number(int row, int column) {
        double number = value(row, column) instanceof Number n ? n.doubleValue() : Double.NaN;
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** What a category is called. */
    String label(int row, int column) {
        Object value = value(row, column);
        return ForeignText.line(Charts.label(value == null ? null : text(value)), 120);
    }

    private static String text(Object value) {
        if (value instanceof LocalDateTime time && time.toLocalTime().toSecondOfDay() == 0) {
            return time.toLocalDate().toString();
        }
        return String.valueOf(value);
    }

    Set<String> labels(int column) {
        Set<String> labels = new HashSet<>();
        for (int row = 0; row < size(); row++) {
            labels.add(label(row, column));
        }
        return labels;
    }

    /** How finely a column tells time; null when it doesn't. */
    @Nullable
    DateGrain grain(int column) {
        boolean yearly = YEAR_NAME.matcher(name(column)).matches();
        DateGrain finest = null;
        for (int row = 0; row < size(); row++) {
            Object value = value(row, column);
            if (value == null) {
                continue;
            }
            DateGrain grain = grain(value, yearly);
            if (grain == null) {
                return null;
            }
            finest = finest == null || grain.compareTo(finest) < 0 ? grain : finest;
        }
        return finest;
    }

    private static @Nullable DateGrain grain(Object value, boolean yearly) {
        if (value instanceof LocalDate date) {
            return grain(date);
        } else if (value instanceof LocalDateTime time) {
            return time.toLocalTime().toSecondOfDay() == 0 ? grain(time.toLocalDate()) : DateGrain.MINUTE;
        } else if (value instanceof String text) {
            if (yearly && text.matches("\\d{4}")) {
                return DateGrain.YEAR;
            } else if (MONTH.matcher(text).matches()) {
                return DateGrain.MONTH;
            } else if (DAY.matcher(text).matches()) {
                return DateGrain.DAY;
            }
            return MOMENT.matcher(text).matches() ? momentGrain(text) : null;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        boolean year = number >= FIRST_YEAR && number <= LAST_YEAR && number == Math.rint(number);
        return yearly && year ? DateGrain.YEAR : null;
    }

    private static DateGrain momentGrain(String text) {
        return text.substring(11).replaceAll("[:.0]", "").isEmpty() ? DateGrain.DAY : DateGrain.MINUTE;
    }

    private static DateGrain grain(LocalDate date) {
        return date.getDayOfMonth() == 1 ? DateGrain.MONTH : DateGrain.DAY;
    }

    /** Where a value lies on an axis: a number, or milliseconds since 1970; NaN when it is missing. */
    double place(int row, int column, @Nullable DateGrain grain) {
        Object value = value(row, column);
        if (value == null) {
            return Double.NaN;
        }
        if (grain == null) {
            return number(row, column);
        }
        try {
            return time(value).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException e) {
            return Double.NaN; // such as the 31st of February
        }
    }

    private static LocalDateTime time(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        } else if (value instanceof LocalDateTime time) {
            return time;
        } else if (value instanceof Number year) {
            return LocalDate.of(year.intValue(), 1, 1).atStartOfDay();
        }
        String text = Objects.toString(value).replace(' ', 'T');
        if (text.length() == 4) {
            return LocalDate.of(Integer.parseInt(text), 1, 1).atStartOfDay();
        } else if (MONTH.matcher(text).matches()) {
            return YearMonth.parse(text).atDay(1).atStartOfDay();
        }
        return DAY.matcher(text).matches() ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
    }

    /** The axis of a column's values. */
    Axis axis(int column, @Nullable DateGrain grain) {
        String title = title(name(column));
        if (grain != null) {
            return Axis.of(title, ValueFormat.date(grain));
        }
        boolean whole = result.columns().get(column).type() == ColumnType.INTEGER || allWhole(column);
        return Axis.of(title, whole ? ValueFormat.integer() : ValueFormat.number());
    }

    private boolean allWhole(int column) {
        for (int row = 0; row < size(); row++) {
            if (value(row, column) instanceof Number && number(row, column) != Math.rint(number(row, column))) {
                return false;
            }
        }
        return true;
    }

    /** A column's name for people: {@code total_sales} is Total sales. */
    static String title(String name) {
        String words = ForeignText.line(name.replace('_', ' '), 80);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
