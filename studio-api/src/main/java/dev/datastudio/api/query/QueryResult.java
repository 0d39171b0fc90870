package dev.datastudio.api.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query gave. Immutable.
 *
 * <p>Values are Boolean, Long, Double, BigDecimal, BigInteger, LocalDate, LocalDateTime, LocalTime, String or null; a
 * value of type {@code OTHER} is its text. A column of type {@code DECIMAL} holds Double or
 * BigDecimal; one of whole numbers that may pass 64 bits, such as the sum of an integer column, holds Long where the
 * value fits and BigInteger where not.
 *
 * @param columns in order, at least one
 * @param rows the first rows, each as wide as {@code columns}
 * @param totalRows how many rows the query has without the row limit, exact
 * @param took from sending the statement to the last row
 */
public record QueryResult(
        List<ResultColumn> columns, List<List<@Nullable Object>> rows, long totalRows, Duration took) {
    public QueryResult {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            copy.add(Collections.unmodifiableList(row));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /** Whether the row limit left rows out. */
    public boolean isCut() {
        return rows.size() < totalRows;
    }
}
