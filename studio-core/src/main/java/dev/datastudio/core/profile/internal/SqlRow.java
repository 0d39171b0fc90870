package dev.datastudio.core.profile.internal;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row of a result, read from left to right. Not thread-safe. */
public final class SqlRow {
    private final @Nullable Object[] values;
    private int next;

    private SqlRow(@Nullable Object[] values) {
        this.values = values;
    }

    static SqlRow of(ResultSet result, int width) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[width];
        for (int i = 0; i < width; i++) {
            Object value = result.getObject(i + 1);
            values[i] = value instanceof Array array ? array.getArray() : value;
        }
        return new SqlRow(values);
    }

    private @Nullable Object take() {
        return values[next++];
    }

    /** 0 for NULL. */
    public long asLong() {
        Object value = take();
        return value == null ? 0 : ((Number) value).longValue();
    }

    /** NaN for NULL. */
    public double asDouble() {
        Object value = take();
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /** False for NULL. */
    public boolean asBoolean() {
        return Boolean.TRUE.equals(take());
    }

    /** Empty for NULL. */
    public String asText() {
        return Objects.toString(take(), "");
    }

    /** Null for NULL. */
    public @Nullable String asTextOrNull() {
        Object value = take();
        return value == null ? null : value.toString();
    }

    public List<String> asTexts() {
        return list().stream().map(value -> Objects.toString(value, "")).toList();
    }

    public List<Double> asDoubles() {
        return list().stream().map(SqlRow::number).toList();
    }

    public List<Long> asLongs() {
        return list().stream()
                .map(value -> value == null ? 0L : ((Number) value).longValue())
                .toList();
    }

    private static double number(@Nullable Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    private List<@Nullable Object> list() {
        Object value = take();
        List<@Nullable Object> list = new ArrayList<>();
        if (value != null) {
            list.addAll(Arrays.asList((@Nullable Object[]) value));
        }
        return list;
    }
}
