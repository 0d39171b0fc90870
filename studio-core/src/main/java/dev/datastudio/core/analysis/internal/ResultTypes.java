package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.analysis.StepColumn;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives values the types that a step promises, where an engine has none for them: MySQL's truth is 1, SQLite's days are texts. */
public final class ResultTypes {
    private ResultTypes() {}

    /** The result of a compiled step with values of its columns' types; what can't be one of them stays as it is. */
    public static QueryResult of(QueryResult result, List<StepColumn> columns) {
        if (result.columns().size() != columns.size()) {
            return result;
        }
        List<ResultColumn> typed = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = result.columns().get(i);
            ColumnType type = columns.get(i).type();
            boolean changes = type != column.type() && (isRead(type) || column.type() == ColumnType.OTHER);
            same &= !changes;
            typed.add(changes ? new ResultColumn(column.name(), type) : column);
        }
        if (same) {
            return result;
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : result.rows()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(value(row.get(i), typed.get(i).type()));
            }
            rows.add(values);
        }
        return new QueryResult(typed, rows, result.totalRows(), result.took());
    }

    private static boolean isRead(ColumnType type) {
        return type == ColumnType.BOOLEAN || type.isTemporal();
    }

    private static @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (type == ColumnType.BOOLEAN && value instanceof Long number && (number == 0 || number == 1)) {
            return number == 1;
        } else if (type == ColumnType.DATE && value instanceof LocalDateTime time) {
            return time.toLocalDate();
        } else if (type == ColumnType.TIMESTAMP && value instanceof LocalDate day) {
            return day.atStartOfDay();
        } else if (type.isTemporal() && value instanceof String text) {
            return read(text, type);
        }
        return value;
    }

    private static Object read(String text, ColumnType type) {
        try {
            LocalDateTime time = text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
            return type == ColumnType.DATE ? time.toLocalDate() : time;
        } catch (DateTimeParseException e) {
            // SQLite checks no type: the column holds something else here, which is shown as it is.
            return text;
        }
    }
}
