package dev.datastudio.api.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its bound values and limits. Immutable.
 *
 * @param sql a single statement that reads; checked before it runs
 * @param parameters the values of its {@code ?}, in order; Boolean, Long, Integer, Double, BigDecimal, String,
 *     LocalDate, LocalDateTime, LocalTime or null
 * @param limits what it may use
 */
public record Query(String sql, List<@Nullable Object> parameters, QueryLimits limits) {
    public Query {
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(limits, "limits");
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** A statement without parameters under the default limits. */
    public static Query of(String sql) {
        return new Query(sql, List.of(), QueryLimits.DEFAULT);
    }
}
