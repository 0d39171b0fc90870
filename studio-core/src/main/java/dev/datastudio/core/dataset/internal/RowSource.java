package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come from Java objects, one at a time. Not thread-safe.
 *
 * @param columns what each value of a row is
 * @param rows gives the next row, null after the last
 */
public record RowSource(List<RowColumn> columns, Rows rows) {
    public RowSource {
        columns = List.copyOf(columns);
    }

    /** A column's name and what its values become. */
    record RowColumn(String name, JavaKind kind) {}

    /** Gives rows. */
    @FunctionalInterface
    interface Rows {
        /** The next row, as wide as the columns; null after the last one. */
        @Nullable
        Object @Nullable [] next() throws SQLException;
    }

    /** Records, whose components are the columns. */
    public static RowSource ofRecords(Iterator<? extends Record> records) {
        if (!records.hasNext()) {
            throw noRows();
        }
        Record first = records.next();
        Class<? extends Record> type = first.getClass();
        RecordComponent[] components = type.getRecordComponents();
        List<RowColumn> columns = new ArrayList<>();
        List<Method> accessors = new ArrayList<>();
        for (RecordComponent component : components) {
            columns.add(new RowColumn(component.getName(), JavaKind.of(valueClass(component.getGenericType()))));
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            accessors.add(accessor);
        }
        RecordRows rows = new RecordRows(type, accessors, records, first);
        return new RowSource(columns, rows::next);
    }

    /** What an Optional holds, or the class itself. */
    private static Class<?> valueClass(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        } else if (type instanceof ParameterizedType generic
                && generic.getRawType() == Optional.class
                && generic.getActualTypeArguments()[0] instanceof Class<?> inner) {
            return inner;
        }
        return Object.class;
    }

    private static final class RecordRows {
        private final Class<?> type;
        private final List<Method> accessors;
        private final Iterator<? extends Record> rest;
        private @Nullable Record pending;

        RecordRows(Class<?> type, List<Method> accessors, Iterator<? extends Record> rest, Record first) {
            this.type = type;
            this.accessors = accessors;
            this.rest = rest;
            this.pending = first;
        }

        @Nullable
        Object @Nullable [] next() {
            Record row = pending;
            pending = null;
            if (row == null) {
                if (!rest.hasNext()) {
                    return null;
                }
                row = rest.next();
            }
            if (row.getClass() != type) {
                throw new IllegalArgumentException("records must all be of one class, were of " + type.getName()
                        + " and " + row.getClass().getName());
            }
            @Nullable Object[] values = new Object[accessors.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = read(accessors.get(i), row);
            }
            return values;
        }

        private static @Nullable Object read(Method accessor, Record row) {
            try {
                return accessor.invoke(row);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("Component " + accessor.getName() + " can't be read", e);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("Component " + accessor.getName() + " threw", e.getCause());
            }
        }
    }

    /** Maps, whose keys are the columns; a key that a map lacks is a missing value. Goes through the maps twice. */
    public static RowSource ofMaps(Collection<? extends Map<String, ?>> maps) {
        Map<String, @Nullable JavaKind> kinds = new LinkedHashMap<>();
        for (Map<String, ?> map : maps) {
            map.forEach((key, value) -> {
                Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
                JavaKind kind = kinds.get(key);
                if (plain != null) {
                    JavaKind found = JavaKind.of(plain.getClass());
                    kinds.put(key, kind == null ? found : kind.with(found));
                } else if (kind == null) {
                    kinds.put(key, null);
                }
            });
        }
        if (kinds.isEmpty()) {
            throw noRows();
        }
        List<RowColumn> columns = new ArrayList<>();
        kinds.forEach((key, kind) -> columns.add(new RowColumn(key, kind == null ? JavaKind.TEXT : kind)));
        Iterator<? extends Map<String, ?>> rows = maps.iterator();
        return new RowSource(columns, () -> rows.hasNext() ? values(rows.next(), columns) : null);
    }

    private static @Nullable Object[] values(Map<String, ?> map, List<RowColumn> columns) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = map.get(columns.get(i).name());
        }
        return values;
    }

    /** The rows of a result from where it stands on. */
    public static RowSource ofResultSet(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<RowColumn> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new RowColumn(meta.getColumnLabel(i), kind(meta, i)));
        }
        return new RowSource(columns, () -> result.next() ? values(result, columns) : null);
    }

    private static JavaKind kind(ResultSetMetaData meta, int column) throws SQLException {
        return switch (meta.getColumnType(column)) {
            case Types.BOOLEAN, Types.BIT -> JavaKind.BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> JavaKind.INTEGER;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> JavaKind.DECIMAL;
            case Types.DECIMAL, Types.NUMERIC -> {
                boolean whole = meta.getScale(column) == 0 && meta.getPrecision(column) > 0;
                yield whole
                        ? meta.getPrecision(column) <= 18 ? JavaKind.INTEGER : JavaKind.BIG_INTEGER
                        : JavaKind.DECIMAL;
            }
            case Types.DATE -> JavaKind.DATE;
            case Types.TIME -> JavaKind.TIME;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> JavaKind.TIMESTAMP;
            default -> JavaKind.TEXT;
        };
    }

    private static @Nullable Object[] values(ResultSet row, List<RowColumn> columns) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            int column = i + 1;
            Object value = switch (columns.get(i).kind()) {
                case BOOLEAN -> row.getBoolean(column);
                case INTEGER -> row.getLong(column);
                case BIG_INTEGER -> row.getBigDecimal(column);
                case DECIMAL -> row.getDouble(column);
                case DATE -> row.getDate(column);
                case TIME -> row.getTime(column);
                case TIMESTAMP -> timestamp(row, column);
                case TEXT -> row.getString(column);
            };
            values[i] = row.wasNull() ? null : value;
        }
        return values;
    }

    private static @Nullable Object timestamp(ResultSet row, int column) throws SQLException {
        boolean zoned = row.getMetaData().getColumnType(column) == Types.TIMESTAMP_WITH_TIMEZONE;
        java.sql.Timestamp value = row.getTimestamp(column);
        return zoned && value != null ? value.toInstant() : value;
    }

    static StudioException noRows() {
        return new StudioException(ErrorCode.FILE_HAS_NO_ROWS, "There are no rows to import", "Give at least one row");
    }
}
