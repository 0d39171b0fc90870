package dev.datastudio.app.dataset;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.QueryResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table. Immutable.
 *
 * @param columns in order
 * @param rows each as wide as the columns; values are JSON numbers, truth values, texts (dates and times as ISO 8601), or
 *     null
 * @param totalRows how many rows there are in all
 * @param millis how long it took to compute them, in milliseconds
 */
@Schema(name = "Table")
public record TableView(List<ColumnHead> columns, List<List<@Nullable Object>> rows, long totalRows, long millis) {
    /** JavaScript reads whole numbers up to here exactly; larger ones are sent as texts. */
    private static final long MAX_EXACT = 1L << 53;

    /**
     * A column of a table.
     *
     * @param name as its header says
     * @param type what its values are
     */
    @Schema(name = "ColumnHead")
    public record ColumnHead(String name, ColumnType type) {}

    /** The rows of a query. */
    public static TableView of(QueryResult result) {
        return of(result, result.totalRows());
    }

    /** A page of the rows of a query. */
    public static TableView of(QueryResult result, long totalRows) {
        List<List<@Nullable Object>> rows = new ArrayList<>(result.rows().size());
        result.rows().forEach(row -> rows.add(cells(row)));
        List<ColumnHead> columns = result.columns().stream()
                .map(column -> new ColumnHead(column.name(), column.type()))
                .toList();
        return new TableView(
                columns,
                Collections.unmodifiableList(rows),
                totalRows,
                result.took().toMillis());
    }

    /** The values of a row as they are sent. */
    static List<@Nullable Object> cells(List<@Nullable Object> row) {
        List<@Nullable Object> cells = new ArrayList<>(row.size());
        row.forEach(value -> cells.add(cell(value)));
        return Collections.unmodifiableList(cells);
    }

    private static @Nullable Object cell(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? number : null;
        } else if (value instanceof Long number) {
            return Math.abs(number) <= MAX_EXACT ? number : number.toString();
        } else if (value instanceof BigDecimal || value instanceof Boolean || value instanceof Integer) {
            return value;
        } else if (value instanceof LocalDate || value instanceof LocalDateTime || value instanceof LocalTime) {
            return value.toString();
        }
        return value == null ? null : value.toString();
    }
}
