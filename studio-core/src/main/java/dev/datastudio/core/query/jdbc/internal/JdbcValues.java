package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.analysis.SqlDialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds and reads values as {@code Query} and {@code QueryResult} promise them. Immutable. */
final class JdbcValues {
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    /** As Microsoft's driver numbers it. */
    private static final int SQLSERVER_DATETIMEOFFSET = -155;

    private static final int MAX_TEXT_OF_BYTES = 1 << 20;

    private final SqlDialect dialect;

    JdbcValues(SqlDialect dialect) {
        this.dialect = dialect;
    }

    void bind(PreparedStatement statement, List<@Nullable Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object value = parameters.get(i);
            if (value == null) {
                statement.setNull(i + 1, dialect == SqlDialect.POSTGRESQL ? Types.OTHER : Types.VARCHAR);
            } else if (dialect == SqlDialect.SQLITE) {
                statement.setObject(i + 1, plain(value));
            } else {
                statement.setObject(i + 1, value instanceof BigInteger wide ? new BigDecimal(wide) : value);
            }
        }
    }

    /** SQLite keeps days and times as texts, and truth as 1 and 0. */
    private static Object plain(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        } else if (value instanceof BigDecimal number) {
            return number.doubleValue();
        } else if (value instanceof LocalDateTime time) {
            return time.toString().replace('T', ' ');
        }
        return value instanceof LocalDate || value instanceof LocalTime ? value.toString() : value;
    }

    List<ResultColumn> columns(ResultSetMetaData metaData) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>(metaData.getColumnCount());
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new ResultColumn(metaData.getColumnLabel(i), type(metaData, i)));
        }
        return columns;
    }

    private ColumnType type(ResultSetMetaData metaData, int column) throws SQLException {
        if (dialect == SqlDialect.SQLITE) {
            return declared(metaData.getColumnTypeName(column));
        }
        String name = String.valueOf(metaData.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
        if (name.equals("json") || name.equals("jsonb") || name.equals("uuid")) {
            return ColumnType.TEXT;
        }
        return switch (metaData.getColumnType(column)) {
            case Types.BIT, Types.BOOLEAN ->
                name.startsWith("bit") && metaData.getPrecision(column) > 1 ? ColumnType.OTHER : ColumnType.BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> ColumnType.INTEGER;
            case Types.BIGINT -> name.contains("unsigned") ? ColumnType.DECIMAL : ColumnType.INTEGER;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL ->
                name.equals("money") && dialect == SqlDialect.POSTGRESQL ? ColumnType.OTHER : ColumnType.DECIMAL;
            case Types.DATE -> name.equals("year") ? ColumnType.INTEGER : ColumnType.DATE;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, SQLSERVER_DATETIMEOFFSET -> ColumnType.TIMESTAMP;
            case Types.TIME -> ColumnType.TIME;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.CLOB,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR -> ColumnType.TEXT;
            default -> ColumnType.OTHER;
        };
    }

    /** By the affinity of the declared type, and the common names that SQLite itself makes nothing of. */
    private static ColumnType declared(@Nullable String typeName) {
        String name = String.valueOf(typeName).toUpperCase(Locale.ROOT);
        if (name.startsWith("DATETIME") || name.startsWith("TIMESTAMP")) {
            return ColumnType.TIMESTAMP;
        } else if (name.startsWith("DATE")) {
            return ColumnType.DATE;
        } else if (name.startsWith("TIME")) {
            return ColumnType.TIME;
        } else if (name.startsWith("BOOL")) {
            return ColumnType.BOOLEAN;
        } else if (name.contains("INT")) {
            return ColumnType.INTEGER;
        } else if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return ColumnType.TEXT;
        }
        boolean number = name.contains("REAL")
                || name.contains("FLOA")
                || name.contains("DOUB")
                || name.startsWith("NUM")
                || name.startsWith("DEC");
        return number ? ColumnType.DECIMAL : ColumnType.OTHER;
    }

    List<@Nullable Object> row(ResultSet rows, List<ResultColumn> columns) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(rows, i + 1, columns.get(i).type());
        }
        return Arrays.asList(values);
    }

    private @Nullable Object value(ResultSet rows, int column, ColumnType type) throws SQLException {
        Object value;
        if (dialect == SqlDialect.SQLITE) {
            return stored(rows.getObject(column), type);
        }
        value = switch (type) {
            case TEXT -> rows.getString(column);
            case DATE -> rows.getObject(column, LocalDate.class);
            case TIME -> rows.getObject(column, LocalTime.class);
            case TIMESTAMP -> timestamp(rows, column);
            case INTEGER -> rows.getLong(column);
            case BOOLEAN -> rows.getBoolean(column);
            case DECIMAL -> rows.getObject(column);
            case OTHER -> other(rows, column);
        };
        return value == null || rows.wasNull() ? null : value instanceof Number number ? plain(number) : value;
    }

    private @Nullable Object timestamp(ResultSet rows, int column) throws SQLException {
        String name = String.valueOf(rows.getMetaData().getColumnTypeName(column));
        if (!name.equalsIgnoreCase("timestamptz") && !name.equalsIgnoreCase("datetimeoffset")) {
            return rows.getObject(column, LocalDateTime.class);
        }
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    private static @Nullable Object other(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        } else if (value instanceof Blob blob) {
            return hex(blob.getBytes(1, (int) Math.min(blob.length(), MAX_TEXT_OF_BYTES)));
        } else if (value instanceof Clob clob) {
            return clob.getSubString(1, (int) Math.min(clob.length(), Integer.MAX_VALUE));
        }
        return value == null ? null : rows.getString(column);
    }

    private static String hex(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_TEXT_OF_BYTES));
    }

    private static Object plain(Number number) {
        if (number instanceof BigInteger wide) {
            return wide.compareTo(MIN_LONG) >= 0 && wide.compareTo(MAX_LONG) <= 0 ? (Object) wide.longValue() : wide;
        } else if (number instanceof Float real) {
            return Double.valueOf(real.toString());
        } else if (number instanceof BigDecimal decimal && decimal.scale() <= 0) {
            return plain(decimal.toBigInteger());
        } else if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        return number;
    }

    /** A value of SQLite, whose type is its own: what doesn't fit the column's type stays as it is. */
    private static @Nullable Object stored(@Nullable Object value, ColumnType type) {
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        } else if (value instanceof Number number) {
            boolean truth = type == ColumnType.BOOLEAN && (number.doubleValue() == 0 || number.doubleValue() == 1);
            return truth ? (Object) (number.doubleValue() == 1) : plain(number);
        } else if (value instanceof String text) {
            return read(text, type);
        }
        return value;
    }

    /** A text as a day or time, if that is what it is. */
    static Object read(String text, ColumnType type) {
        try {
            return switch (type) {
                case DATE -> LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
                case TIMESTAMP ->
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay()
                            : LocalDateTime.parse(text.replace(' ', 'T'));
                case TIME -> LocalTime.parse(text);
                default -> text;
            };
        } catch (DateTimeParseException e) {
            // SQLite checks no type: the column holds something else here, which is shown as it is.
            return text;
        }
    }
}
