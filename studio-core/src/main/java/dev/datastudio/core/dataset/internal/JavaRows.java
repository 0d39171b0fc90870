package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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
public record JavaRows(List<RowColumn> columns, Rows rows) implements RowSource {
    public JavaRows {
        columns = List.copyOf(columns);
    }

    /** Gives rows. */
    @FunctionalInterface
    interface Rows {
        /** The next row, as wide as the columns; null after the last one. */
        @Nullable
        Object @Nullable [] next();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        return rows.next();
    }

    /** Records, whose components are the columns. */
    public static JavaRows ofRecords(Iterator<? extends Record> records) {
        if (!records.hasNext()) {
            throw noRows();
        }
        Record first = records.next();
        Class<? extends Record> type = first.getClass();
        RecordComponent[] components = type.getRecordComponents();
        List<RowColumn> columns = new ArrayList<>();
        List<Method> accessors = new ArrayList<>();
        for (RecordComponent component : components) {
            columns.add(JavaKind.of(valueClass(component.getGenericType())).column(component.getName()));
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            accessors.add(accessor);
        }
        RecordRows rows = new RecordRows(type, accessors, records, first);
        return new JavaRows(columns, rows::next);
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
    public static JavaRows ofMaps(Collection<? extends Map<String, ?>> maps) {
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
        kinds.forEach((key, kind) -> columns.add((kind == null ? JavaKind.TEXT : kind).column(key)));
        Iterator<? extends Map<String, ?>> rows = maps.iterator();
        return new JavaRows(columns, () -> rows.hasNext() ? values(rows.next(), columns) : null);
    }

    private static @Nullable Object[] values(Map<String, ?> map, List<RowColumn> columns) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = map.get(columns.get(i).name());
        }
        return values;
    }

    static StudioException noRows() {
        return new StudioException(ErrorCode.FILE_HAS_NO_ROWS, "There are no rows to import", "Give at least one row");
    }
}
