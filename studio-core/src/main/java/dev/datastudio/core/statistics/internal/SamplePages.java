package dev.datastudio.core.statistics.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Different rows of a statement's columns {@code a} and {@code b} with their counts, sorted, so that a page starts
 * where the one before ended, whatever order the engine reads in. Rows without one of the values are left out.
 *
 * @param select a statement with the columns {@code a} and {@code b}
 */
record SamplePages(
        QueryEngine engine,
        String select,
        List<@Nullable Object> parameters,
        QueryLimits limits,
        Cancellation cancellation) {
    /** Rows of a page: some 20 MB. */
    private static final int PAGE = 100_000;

    private static final String COMPLETE = "a IS NOT NULL AND b IS NOT NULL";

    /**
     * @param rows all
     * @param complete those with both values
     * @param distinctA different values of {@code a} in them
     */
    record Overview(long rows, long complete, long distinctA, long distinctB) {}

    /** Takes one different row. */
    interface Sink {
        void accept(Object a, Object b, long count);
    }

    SamplePages swapped() {
        return over("SELECT b AS a, a AS b FROM (" + select + ") AS turned", List.of());
    }

    /** One of the columns as {@code a}. */
    SamplePages only(String column) {
        return over("SELECT " + column + " AS a, 1 AS b FROM (" + select + ") AS part", List.of());
    }

    /** Rows whose {@code b} is one of these. */
    SamplePages where(ColumnType type, String name, List<String> values) {
        List<Object> typed = new ArrayList<>();
        for (String value : values) {
            typed.add(typed(type, name, value));
        }
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        return over("SELECT a, b FROM (" + select + ") AS some_groups WHERE b IN (" + marks + ")", typed);
    }

    private SamplePages over(String sql, List<Object> more) {
        List<@Nullable Object> all = new ArrayList<>(parameters);
        all.addAll(more);
        return new SamplePages(engine, sql, all, limits, cancellation);
    }

    private static Object typed(ColumnType type, String name, String value) {
        try {
            return switch (type) {
                case BOOLEAN -> Boolean.valueOf(value);
                case INTEGER -> Long.valueOf(value);
                case DECIMAL -> new BigDecimal(value);
                case DATE -> LocalDate.parse(value);
                case TIMESTAMP -> LocalDateTime.parse(value);
                case TIME, TEXT, OTHER -> value;
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw Refusals.notApplicable(
                    "Group " + quote(value) + " is no value of " + quote(name),
                    "Use the groups as the column spells them");
        }
    }

    Overview overview() {
        String sql = "SELECT count(*), count(CASE WHEN " + COMPLETE + " THEN 1 END), count(DISTINCT CASE WHEN "
                + COMPLETE + " THEN a END), count(DISTINCT CASE WHEN " + COMPLETE + " THEN b END) FROM (" + select
                + ") AS samples";
        List<@Nullable Object> row = rows(sql, parameters, 1).get(0);
        return new Overview(whole(row.get(0)), whole(row.get(1)), whole(row.get(2)), whole(row.get(3)));
    }

    private static long whole(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value, "count")).longValue();
    }

    /** Each different row, sorted by {@code b}, then {@code a}. */
    void forEach(Sink sink) {
        List<@Nullable Object> last = List.of();
        do {
            List<@Nullable Object> values = new ArrayList<>(parameters);
            String after = "";
            if (!last.isEmpty()) {
                after = " AND (b > ? OR (b = ? AND a > ?))";
                values.add(bound(last.get(1)));
                values.add(bound(last.get(1)));
                values.add(bound(last.get(0)));
            }
            String sql = "SELECT a, b, count(*) AS n FROM (" + select + ") AS samples WHERE " + COMPLETE + after
                    + " GROUP BY a, b ORDER BY b, a LIMIT " + PAGE;
            List<List<@Nullable Object>> rows = rows(sql, values, PAGE);
            for (List<@Nullable Object> row : rows) {
                sink.accept(
                        Objects.requireNonNull(row.get(0), "a"),
                        Objects.requireNonNull(row.get(1), "b"),
                        whole(row.get(2)));
            }
            last = rows.size() < PAGE ? List.of() : rows.get(rows.size() - 1);
        } while (!last.isEmpty());
    }

    private static @Nullable Object bound(@Nullable Object value) {
        return value instanceof BigInteger whole ? new BigDecimal(whole) : value;
    }

    private List<List<@Nullable Object>> rows(String sql, List<@Nullable Object> values, int most) {
        cancellation.throwIfCancelled();
        return engine.execute(new Query(sql, values, limits.withMaxRows(most)), cancellation)
                .rows();
    }
}
