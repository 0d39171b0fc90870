package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of arguments that fit the schema of {@link TypeSchema}; what a schema can't say is checked here. */
final class TypeBinder {
    private TypeBinder() {}

    /**
     * A record of its members.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the record refuses a value
     */
    static <A extends Record> A bind(Class<A> type, Map<String, @Nullable Object> members) {
        return type.cast(record(type, members, ""));
    }

    private static Object record(Class<?> type, Map<String, @Nullable Object> members, String place) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] = value(components[i].getGenericType(), members.get(name), place + name);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof StudioException known) {
                throw known;
            }
            if (cause instanceof IllegalArgumentException) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The arguments are refused: " + StudioException.quote(cause.getMessage()),
                        "Give other values",
                        cause);
            }
            throw new IllegalStateException("The record " + type.getName() + " can't be made", cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The record " + type.getName() + " can't be made", e);
        }
    }

    static @Nullable Object value(Type type, @Nullable Object json, String place) {
        Class<?> raw = TypeSchema.raw(type);
        if (raw == Optional.class) {
            return json == null
                    ? Optional.empty()
                    : Optional.ofNullable(value(TypeSchema.argument(type, 0, place), json, place));
        }
        if (json == null) {
            throw invalid(place, null, "a value");
        }
        if (json instanceof Number number && raw != Object.class) {
            return number(raw, number, place);
        }
        if (json instanceof String text) {
            return text(raw, text, place);
        }
        if (json instanceof List<?> list) {
            return list(type, raw, list, place);
        }
        if (json instanceof Map) {
            return raw.isRecord() ? record(raw, object(json), place + ".") : map(type, object(json), place);
        }
        return json;
    }

    private static Object number(Class<?> raw, Number number, String place) {
        BigDecimal exact = new BigDecimal(number.toString());
        try {
            if (raw == int.class || raw == Integer.class) {
                return exact.intValueExact();
            }
            if (raw == long.class || raw == Long.class) {
                return exact.longValueExact();
            }
            if (raw == short.class || raw == Short.class) {
                return exact.shortValueExact();
            }
            if (raw == byte.class || raw == Byte.class) {
                return exact.byteValueExact();
            }
            if (raw == BigInteger.class) {
                return exact.toBigIntegerExact();
            }
        } catch (ArithmeticException e) {
            throw invalid(place, number, "a whole number that fits " + raw.getSimpleName());
        }
        if (raw == float.class || raw == Float.class) {
            return exact.floatValue();
        }
        return raw == BigDecimal.class ? exact : raw == Number.class ? number : (Object) exact.doubleValue();
    }

    private static Object text(Class<?> raw, String text, String place) {
        try {
            if (raw.isEnum()) {
                return Arrays.stream(raw.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> invalid(place, text, "one of " + List.of(raw.getEnumConstants())));
            }
            if (raw == LocalDate.class) {
                return LocalDate.parse(text);
            }
            if (raw == LocalDateTime.class) {
                return LocalDateTime.parse(text);
            }
            if (raw == Instant.class) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw invalid(place, text, "a time in ISO 8601, such as 2026-03-01 or 2026-03-01T12:00:00Z");
        }
        if (raw == UUID.class) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw invalid(place, text, "a UUID");
            }
        }
        return text;
    }

    private static Object list(Type type, Class<?> raw, List<?> list, String place) {
        List<@Nullable Object> values = list.stream()
                .map(each -> value(TypeSchema.argument(type, 0, place), each, place))
                .toList();
        return raw == Set.class ? Set.copyOf(new LinkedHashSet<>(values)) : List.copyOf(values);
    }

    private static Object map(Type type, Map<String, @Nullable Object> json, String place) {
        Map<String, Object> values = new LinkedHashMap<>();
        json.forEach((name, each) -> {
            Object value = value(TypeSchema.argument(type, 1, place), each, place + "." + name);
            if (value != null) {
                values.put(name, value);
            }
        });
        return Map.copyOf(values);
    }

    private static StudioException invalid(String place, @Nullable Object value, String wanted) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The argument '" + place + "' is " + StudioException.quote(value),
                "Give " + wanted);
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static Map<String, @Nullable Object> object(Object value) {
        return (Map<String, @Nullable Object>) value;
    }
}
