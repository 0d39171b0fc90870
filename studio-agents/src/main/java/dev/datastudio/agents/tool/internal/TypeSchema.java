package dev.datastudio.agents.tool.internal;

import dev.langchain4j.model.output.structured.Description;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The JSON Schema of the arguments that a record takes.
 *
 * <p>LangChain4j's own helper for this is internal to it, knows no {@link Optional} and no dates in records, and leaves
 * objects open to members that nobody reads; so records have this one, with LangChain4j's {@link Description}.
 */
final class TypeSchema {
    static final Set<Class<?>> WHOLE = Set.of(
            int.class,
            Integer.class,
            long.class,
            Long.class,
            short.class,
            Short.class,
            byte.class,
            Byte.class,
            BigInteger.class);
    static final Set<Class<?>> FRACTIONS =
            Set.of(double.class, Double.class, float.class, Float.class, BigDecimal.class, Number.class);
    private static final Map<Class<?>, String> FORMATS = Map.of(
            LocalDate.class,
            "date",
            LocalDateTime.class,
            "local-date-time",
            Instant.class,
            "date-time",
            UUID.class,
            "uuid");

    private final Deque<Class<?>> open = new ArrayDeque<>();

    private TypeSchema() {}

    /**
     * The schema of a record.
     *
     * @throws IllegalArgumentException if a component has a type that JSON can't give
     */
    static Map<String, Object> of(Class<? extends Record> type) {
        return new TypeSchema().record(type);
    }

    private Map<String, Object> record(Class<?> type) {
        if (open.contains(type)) {
            throw new IllegalArgumentException("records of arguments must not hold themselves, but "
                    + type.getSimpleName() + " does; use a list of ids in its place");
        }
        open.push(type);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), component(type, component));
            if (component.getType() != Optional.class) {
                required.add(component.getName());
            }
        }
        open.pop();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private Map<String, Object> component(Class<?> type, RecordComponent component) {
        Map<String, Object> schema =
                schema(component.getGenericType(), type.getSimpleName() + "." + component.getName());
        try {
            Field field = type.getDeclaredField(component.getName());
            Description description = field.getAnnotation(Description.class);
            if (description != null) {
                schema.put("description", String.join(" ", description.value()));
            }
        } catch (NoSuchFieldException e) {
            throw new AssertionError("A record has a field for each component", e);
        }
        return schema;
    }

    private Map<String, Object> schema(Type type, String place) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return schema(argument(type, 0, place), place);
        }
        if (raw == String.class || raw.isEnum() || FORMATS.containsKey(raw)) {
            return text(raw);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return simple("boolean");
        }
        if (WHOLE.contains(raw) || FRACTIONS.contains(raw)) {
            return simple(WHOLE.contains(raw) ? "integer" : "number");
        }
        if (raw == List.class || raw == Set.class || raw == Collection.class) {
            Map<String, Object> schema = simple("array");
            schema.put("items", schema(argument(type, 0, place), place));
            if (raw == Set.class) {
                schema.put("uniqueItems", true);
            }
            return schema;
        }
        if (raw == Map.class && argument(type, 0, place) == String.class) {
            Map<String, Object> schema = simple("object");
            schema.put("additionalProperties", schema(argument(type, 1, place), place));
            return schema;
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        throw new IllegalArgumentException(
                place + " must be a text, number, boolean, enum, date, UUID, record, List, Set,"
                        + " Map of names or Optional of these, was " + type.getTypeName());
    }

    private static Map<String, Object> text(Class<?> raw) {
        Map<String, Object> schema = simple("string");
        if (raw.isEnum()) {
            schema.put(
                    "enum",
                    Arrays.stream(raw.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList());
        } else if (FORMATS.containsKey(raw)) {
            schema.put("format", FORMATS.get(raw));
        }
        return schema;
    }

    private static Map<String, Object> simple(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }

    static Type argument(Type type, int index, String place) {
        if (type instanceof ParameterizedType generic) {
            return generic.getActualTypeArguments()[index];
        }
        throw new IllegalArgumentException(place + " must name the type of its elements, was " + type.getTypeName());
    }
}
