package dev.datastudio.agents.tool.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a JSON Schema that {@link ArgumentCheck} applies. A rule that is left out lets more through, never less:
 * the one who wrote the schema checks as well. {@code pattern} is left out since Java's regular expressions can take
 * exponential time, {@code $ref} since it may lead anywhere; {@code oneOf} is read as {@code anyOf}.
 */
final class KnownWords {
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "string", "integer", "number", "array", "object");
    private static final Set<String> COUNTS = Set.of("minItems", "maxItems", "minLength", "maxLength");
    private static final Set<String> BOUNDS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    private KnownWords() {}

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> schema) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        schema.forEach((word, value) -> {
            Object kept = kept(word, value);
            if (kept != null) {
                known.put(word.equals("oneOf") ? "anyOf" : word, kept);
            }
        });
        return known;
    }

    private static @Nullable Object kept(String word, @Nullable Object value) {
        if (COUNTS.contains(word)) {
            return value instanceof Long count && count >= 0 ? value : null;
        }
        if (BOUNDS.contains(word)) {
            return value instanceof Number ? value : null;
        }
        return switch (word) {
            case "type" -> isType(value) ? value : null;
            case "enum" -> value instanceof List<?> list && !list.isEmpty() ? value : null;
            case "const" -> value;
            case "uniqueItems" -> value instanceof Boolean ? value : null;
            case "required" ->
                value instanceof List<?> names && names.stream().allMatch(String.class::isInstance) ? value : null;
            case "properties" -> properties(value);
            case "additionalProperties" -> value instanceof Boolean ? value : schema(value);
            case "items" -> schema(value);
            case "anyOf", "oneOf" -> choices(value);
            default -> null;
        };
    }

    private static boolean isType(@Nullable Object value) {
        List<?> names = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return !names.isEmpty() && TYPES.containsAll(names);
    }

    private static @Nullable Object schema(@Nullable Object value) {
        return value instanceof Map ? of(object(value)) : null;
    }

    /** A member whose schema is {@code true} may be anything; it stays a known name. */
    private static @Nullable Object properties(@Nullable Object value) {
        if (!(value instanceof Map)) {
            return null;
        }
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        object(value).forEach((name, schema) -> known.put(name, schema instanceof Map ? of(object(schema)) : Map.of()));
        return known;
    }

    private static @Nullable Object choices(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty() || !list.stream().allMatch(Map.class::isInstance)) {
            return null;
        }
        List<Object> known = new ArrayList<>();
        list.forEach(choice -> known.add(of(object(choice))));
        return known;
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }
}
