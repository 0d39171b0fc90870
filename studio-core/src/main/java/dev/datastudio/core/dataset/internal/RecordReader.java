package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows. A component takes the column of its name, letter case, spaces and signs aside: {@code
 * orderDate} takes {@code Order Date}. Immutable.
 *
 * @param <R> the record
 */
public final class RecordReader<R extends Record> {
    private final Constructor<R> constructor;
    private final RecordComponent[] components;
    private final int[] columns;
    private final List<Column> names;

    public RecordReader(Class<R> type, Dataset dataset) {
        this.components = type.getRecordComponents();
        this.names = dataset.columns();
        this.columns = new int[components.length];
        for (int i = 0; i < components.length; i++) {
            columns[i] = find(components[i].getName(), dataset);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            this.constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Every record has its canonical constructor", e);
        }
    }

    private static int find(String component, Dataset dataset) {
        for (int i = 0; i < dataset.columns().size(); i++) {
            if (key(dataset.columns().get(i).name()).equals(key(component))) {
                return i;
            }
        }
        throw new StudioException(
                ErrorCode.UNKNOWN_COLUMN,
                "Component " + StudioException.quote(component) + " has no column in data set "
                        + StudioException.quote(dataset.name()),
                "Name it after one of "
                        + dataset.columns().stream().map(Column::name).toList());
    }

    private static String key(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** The record of a row. */
    public R read(@Nullable Object[] row) {
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = convert(row[columns[i]], components[i].getGenericType(), i);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("The record refused a row: " + e.getCause(), e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("The record can't be made", e);
        }
    }

    private @Nullable Object convert(@Nullable Object value, Type type, int component) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return value == null
                    ? Optional.empty()
                    : Optional.ofNullable(convert(value, generic.getActualTypeArguments()[0], component));
        }
        Class<?> wanted = type instanceof Class<?> plain ? plain : Object.class;
        if (value == null) {
            if (wanted.isPrimitive()) {
                throw mismatch("a missing value", wanted, component);
            }
            return null;
        }
        Object converted = convert(value, wanted);
        if (converted == null) {
            throw mismatch("a value of type " + names.get(columns[component]).type(), wanted, component);
        }
        return converted;
    }

    private StudioException mismatch(String what, Class<?> wanted, int component) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "Column " + StudioException.quote(names.get(columns[component]).name()) + " has " + what
                        + ", which the " + wanted.getSimpleName() + " "
                        + StudioException.quote(components[component].getName()) + " can't hold",
                "Use a type that can, such as Optional or String");
    }

    private static @Nullable Object convert(Object value, Class<?> wanted) {
        if (wanted.isInstance(value)) {
            return value;
        } else if (wanted == String.class) {
            return value.toString();
        } else if (value instanceof Number number) {
            return convertNumber(number, wanted);
        } else if (value instanceof Boolean truth) {
            return wanted == boolean.class ? truth : null;
        } else if (value instanceof String text && wanted.isEnum()) {
            return Arrays.stream(wanted.getEnumConstants())
                    .filter(c -> ((Enum<?>) c).name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElse(null);
        }
        return convertTime(value, wanted);
    }

    private static @Nullable Object convertTime(Object value, Class<?> wanted) {
        if (value instanceof LocalDateTime time) {
            return wanted == Instant.class ? time.toInstant(ZoneOffset.UTC) : null;
        } else if (value instanceof LocalDate date) {
            return wanted == LocalDateTime.class
                    ? date.atStartOfDay()
                    : wanted == Instant.class ? date.atStartOfDay().toInstant(ZoneOffset.UTC) : null;
        }
        assert value instanceof String || value instanceof LocalTime;
        return null;
    }

    private static @Nullable Object convertNumber(Number number, Class<?> wanted) {
        try {
            BigDecimal exact = new BigDecimal(number.toString());
            if (wanted == long.class || wanted == Long.class) {
                return exact.longValueExact();
            } else if (wanted == int.class || wanted == Integer.class) {
                return exact.intValueExact();
            } else if (wanted == short.class || wanted == Short.class) {
                return exact.shortValueExact();
            } else if (wanted == byte.class || wanted == Byte.class) {
                return exact.byteValueExact();
            } else if (wanted == BigInteger.class) {
                return exact.toBigIntegerExact();
            } else if (wanted == double.class || wanted == Double.class) {
                return number.doubleValue();
            } else if (wanted == float.class || wanted == Float.class) {
                return number.floatValue();
            }
            return wanted == BigDecimal.class ? exact : null;
        } catch (ArithmeticException e) {
            return null; // out of range or with a fraction: the caller says so
        }
    }
}
