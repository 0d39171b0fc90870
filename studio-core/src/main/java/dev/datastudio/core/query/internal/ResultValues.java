package dev.datastudio.core.query.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Reads the values of a result as {@code QueryResult} promises them. */
final class ResultValues {
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Set<String> INTEGERS =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");
    private static final Set<String> WIDE = Set.of("HUGEINT", "UHUGEINT", "UBIGINT", "FLOAT", "DOUBLE", "BIGNUM");
    private static final Set<String> TEXTS = Set.of("VARCHAR", "ENUM", "UUID", "JSON", "CHAR", "STRING");

    private final ZoneId zone;

    ResultValues(ZoneId zone) {
        this.zone = zone;
    }

    /** The type of a column by DuckDB's name for it, such as {@code DECIMAL(18,2)}. */
    static ColumnType type(String typeName) {
        String name = typeName.toUpperCase(Locale.ROOT);
        if (name.endsWith("]")) {
            return ColumnType.OTHER;
        }
        if (name.startsWith("DECIMAL") || WIDE.contains(name)) {
            return ColumnType.DECIMAL;
        }
        if (name.startsWith("TIMESTAMP")) {
            return ColumnType.TIMESTAMP;
        }
        if (INTEGERS.contains(name)) {
            return ColumnType.INTEGER;
        }
        if (TEXTS.contains(name) || name.startsWith("ENUM(")) {
            return ColumnType.TEXT;
        }
        return switch (name) {
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "DATE" -> ColumnType.DATE;
            case "TIME", "TIME_NS" -> ColumnType.TIME;
            default -> ColumnType.OTHER;
        };
    }

    List<@Nullable Object> row(ResultSet rows, List<ColumnType> types) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(rows, i + 1, types.get(i));
        }
        return Arrays.asList(values);
    }

    private @Nullable Object value(ResultSet rows, int column, ColumnType type) throws SQLException {
        if (type == ColumnType.TEXT) {
            return rows.getString(column);
        }
        if (type == ColumnType.INTEGER) {
            long value = rows.getLong(column);
            return rows.wasNull() ? null : (Object) value;
        }
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        return type == ColumnType.OTHER ? text(value) : plain(value);
    }

    private Object plain(Object value) throws SQLException {
        if (value instanceof BigInteger wide) {
            return wide.compareTo(MIN_LONG) >= 0 && wide.compareTo(MAX_LONG) <= 0 ? (Object) wide.longValue() : wide;
        }
        if (value instanceof Float number) {
            return Double.valueOf(Float.toString(number));
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof OffsetDateTime time) {
            return time.atZoneSameInstant(zone).toLocalDateTime();
        }
        if (value instanceof ZonedDateTime time) {
            return time.withZoneSameInstant(zone).toLocalDateTime();
        }
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        return isPlain(value) ? value : text(value);
    }

    private static boolean isPlain(Object value) {
        return value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof BigDecimal
                || value instanceof LocalDate
                || value instanceof LocalDateTime
                || value instanceof LocalTime;
    }

    /** As DuckDB prints it: {@code [1, 2]}, {@code {'a': 1}}, {@code {key=value}}, {@code \x00} for bytes. */
    private String text(@Nullable Object value) throws SQLException {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Array array) {
            return elements((Object[]) array.getArray());
        }
        if (value instanceof Object[] elements) {
            return elements(elements);
        }
        if (value instanceof DuckDBStruct struct) {
            return fields(struct.getMap(), "'", "': ");
        }
        if (value instanceof Map<?, ?> map) {
            return fields(map, "", "=");
        }
        if (value instanceof Struct struct) {
            return elements(struct.getAttributes());
        }
        if (value instanceof Blob blob) {
            return bytes(blob.getBytes(1, Math.toIntExact(blob.length())));
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        return String.valueOf(plainOrSelf(value));
    }

    private Object plainOrSelf(Object value) throws SQLException {
        return value instanceof Timestamp || value instanceof OffsetDateTime || value instanceof Date
                ? plain(value)
                : value;
    }

    private String elements(@Nullable Object[] elements) throws SQLException {
        List<String> texts = new ArrayList<>(elements.length);
        for (Object element : elements) {
            texts.add(text(element));
        }
        return texts.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private String fields(Map<?, ?> fields, String before, String between) throws SQLException {
        List<String> texts = new ArrayList<>(fields.size());
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            texts.add(before + text(field.getKey()) + between + text(field.getValue()));
        }
        return texts.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte at : bytes) {
            if (at >= ' ' && at < 127 && at != '\\' && at != '\'' && at != '"') {
                text.append((char) at);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02X", at & 0xff));
            }
        }
        return text.toString();
    }
}
