package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a query's result. Not thread-safe. */
public final class ResultSetRows implements RowSource {
    private static final int LONG_DIGITS = 18;
    private static final String SQLITE = "SQLite";
    private static final Set<String> JAVA_TIME = Set.of("PostgreSQL", "DuckDB", "MariaDB");
    /** PostgreSQL reports it as TIMESTAMP. */
    private static final String ZONED = "timestamptz";

    private final ResultSet result;
    private final List<RowColumn> columns;
    private final Getter[] getters;
    private final @Nullable Object[] row;

    private ResultSetRows(ResultSet result, List<RowColumn> columns, Getter[] getters) {
        this.result = result;
        this.columns = List.copyOf(columns);
        this.getters = getters;
        this.row = new Object[getters.length];
    }

    /** Takes one value of the current row. */
    @FunctionalInterface
    private interface Getter {
        @Nullable
        Object get(ResultSet row, int column) throws SQLException;
    }

    /** A column and how its values are taken. */
    private record Taken(RowColumn column, Getter getter) {}

    /** From where a result stands on. */
    public static ResultSetRows of(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        String product = product(result);
        List<RowColumn> columns = new ArrayList<>();
        Getter[] getters = new Getter[meta.getColumnCount()];
        for (int i = 0; i < getters.length; i++) {
            Taken taken = product.equals(SQLITE) ? sqlite(meta, i + 1) : take(meta, i + 1, JAVA_TIME.contains(product));
            columns.add(taken.column());
            getters[i] = taken.getter();
        }
        return new ResultSetRows(result, columns, getters);
    }

    /** The database; empty when the result does not say. */
    private static String product(ResultSet result) throws SQLException {
        Statement statement = result.getStatement();
        return statement == null ? "" : statement.getConnection().getMetaData().getDatabaseProductName();
    }

    /** Columns of SQLite hold values of any type, and its driver would change those of another than the declared. */
    private static Taken sqlite(ResultSetMetaData meta, int column) throws SQLException {
        String name = meta.getColumnLabel(column);
        return switch (meta.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
                new Taken(RowColumn.of(name, ColumnType.INTEGER), ResultSet::getObject);
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC ->
                new Taken(RowColumn.of(name, ColumnType.DECIMAL), ResultSet::getObject);
            default -> new Taken(RowColumn.of(name, ColumnType.TEXT), ResultSet::getString);
        };
    }

    /** @param javaTime whether the driver gives values of java.time, which is faster and knows no default zone */
    private static Taken take(ResultSetMetaData meta, int column, boolean javaTime) throws SQLException {
        String name = meta.getColumnLabel(column);
        int type = meta.getColumnType(column);
        if (ZONED.equalsIgnoreCase(meta.getColumnTypeName(column))) {
            return new Taken(RowColumn.of(name, ColumnType.TIMESTAMP), ResultSetRows::instant);
        } else if (javaTime && (type == Types.DATE || type == Types.TIMESTAMP)) {
            return type == Types.DATE
                    ? new Taken(RowColumn.of(name, ColumnType.DATE), (row, i) -> row.getObject(i, LocalDate.class))
                    : new Taken(
                            RowColumn.of(name, ColumnType.TIMESTAMP),
                            (row, i) -> row.getObject(i, LocalDateTime.class));
        }
        return switch (type) {
            case Types.BOOLEAN -> new Taken(RowColumn.of(name, ColumnType.BOOLEAN), ResultSetRows::truth);
            case Types.BIT -> bits(meta, column, name);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> whole(name);
            case Types.BIGINT ->
                meta.isSigned(column)
                        ? whole(name)
                        : new Taken(RowColumn.decimal(name, 20, 0), ResultSet::getBigDecimal);
            case Types.REAL, Types.FLOAT, Types.DOUBLE ->
                new Taken(RowColumn.of(name, ColumnType.DECIMAL), ResultSetRows::floating);
            case Types.DECIMAL, Types.NUMERIC -> decimal(meta, column, name);
            case Types.DATE -> new Taken(RowColumn.of(name, ColumnType.DATE), ResultSet::getDate);
            case Types.TIME -> new Taken(RowColumn.of(name, ColumnType.TIME), ResultSet::getTime);
            case Types.TIMESTAMP -> new Taken(RowColumn.of(name, ColumnType.TIMESTAMP), ResultSet::getTimestamp);
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                new Taken(RowColumn.of(name, ColumnType.TIMESTAMP), ResultSetRows::instant);
            default -> new Taken(RowColumn.of(name, ColumnType.TEXT), ResultSet::getString);
        };
    }

    private static Taken whole(String name) {
        return new Taken(RowColumn.of(name, ColumnType.INTEGER), ResultSetRows::whole);
    }

    /** One bit is a truth value; drivers report more of them as text or bytes. */
    private static Taken bits(ResultSetMetaData meta, int column, String name) throws SQLException {
        return meta.getPrecision(column) <= 1
                ? new Taken(RowColumn.of(name, ColumnType.BOOLEAN), ResultSetRows::truth)
                : new Taken(RowColumn.of(name, ColumnType.TEXT), ResultSet::getString);
    }

    private static Taken decimal(ResultSetMetaData meta, int column, String name) throws SQLException {
        int precision = meta.getPrecision(column);
        int scale = meta.getScale(column);
        boolean sized = precision > 0 && precision <= RowColumn.MAX_PRECISION && scale >= 0 && scale <= precision;
        if (sized && scale == 0 && precision <= LONG_DIGITS) {
            return whole(name);
        }
        return sized
                ? new Taken(RowColumn.decimal(name, precision, scale), ResultSet::getObject) // PostgreSQL has NaN
                : new Taken(RowColumn.exact(name), ResultSet::getObject);
    }

    private static @Nullable Object truth(ResultSet row, int column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object whole(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object floating(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class);
    }

    @Override
    public List<RowColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable Object @Nullable [] next() throws SQLException {
        if (!result.next()) {
            return null;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = getters[i].get(result, i + 1);
        }
        return row;
    }
}
