package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query's result. Not thread-safe. */
public final class ResultSetRows implements RowSource {
    private static final int LONG_DIGITS = 18;

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
        List<RowColumn> columns = new ArrayList<>();
        Getter[] getters = new Getter[meta.getColumnCount()];
        for (int i = 0; i < getters.length; i++) {
            Taken taken = take(meta, i + 1);
            columns.add(taken.column());
            getters[i] = taken.getter();
        }
        return new ResultSetRows(result, columns, getters);
    }

    private static Taken take(ResultSetMetaData meta, int column) throws SQLException {
        String name = meta.getColumnLabel(column);
        int type = meta.getColumnType(column);
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
                ? new Taken(RowColumn.decimal(name, precision, scale), ResultSet::getBigDecimal)
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
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
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
