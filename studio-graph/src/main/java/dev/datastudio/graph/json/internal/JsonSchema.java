package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.GraphException.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against a part of JSON Schema 2020-12 (json-schema.org, Core and Validation): the words that {@code
 * NodeType.Builder#config} lists. A schema with any other word is refused when it is parsed, so that no rule is left out
 * silently. {@code pattern} is not among them, as Java's regular expressions can take exponential time on a hostile
 * value, and neither is {@code $ref}. Immutable.
 */
public final class JsonSchema {
    private static final Set<String> DESCRIBING =
            Set.of("$schema", "$id", "$comment", "title", "description", "default", "examples", "format", "deprecated");
    private static final Set<String> WORDS = Set.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "anyOf");
    private static final List<String> TYPES =
            List.of("null", "boolean", "string", "integer", "number", "array", "object");

    private final Map<String, @Nullable Object> rules;

    private JsonSchema(Map<String, @Nullable Object> rules) {
        this.rules = rules;
    }

    /**
     * The schema that a text holds.
     *
     * @throws IllegalArgumentException if it is no JSON Schema of the words that are known
     */
    public static JsonSchema parse(String text) {
        Object json = JsonReader.read(text, "The JSON Schema");
        if (!(json instanceof Map)) {
            throw new IllegalArgumentException("the JSON Schema must be an object, was " + JsonValues.described(json));
        }
        requireKnown(object(json), "");
        return new JsonSchema(object(json));
    }

    private static void requireKnown(Map<String, @Nullable Object> schema, String place) {
        for (Map.Entry<String, @Nullable Object> rule : schema.entrySet()) {
            String word = rule.getKey();
            if (!WORDS.contains(word) && !DESCRIBING.contains(word) && !word.startsWith("x-")) {
                throw new IllegalArgumentException("the JSON Schema must use words of " + new TreeSet<>(WORDS)
                        + " only, or begin its own with 'x-', but has '" + word + "' at '" + place + "'");
            }
            requireForm(word, rule.getValue(), place + "/" + word);
        }
    }

    private static void requireForm(String word, @Nullable Object value, String place) {
        switch (word) {
            case "type" -> {
                List<?> names = value instanceof List<?> list ? list : List.of(String.valueOf(value));
                require(!names.isEmpty() && TYPES.containsAll(names), place, "one or some of " + TYPES);
            }
            case "enum" -> require(value instanceof List<?> list && !list.isEmpty(), place, "a list of values");
            case "required" ->
                require(
                        value instanceof List<?> list && list.stream().allMatch(String.class::isInstance),
                        place,
                        "a list of names");
            case "minItems", "maxItems", "minLength", "maxLength" ->
                require(value instanceof Long number && number >= 0, place, "a whole number from 0");
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
                require(value instanceof Number, place, "a number");
            case "uniqueItems" -> require(value instanceof Boolean, place, "true or false");
            case "properties" -> {
                require(value instanceof Map, place, "an object of schemas");
                object(value).forEach((name, schema) -> requireSchema(schema, place + "/" + name));
            }
            case "additionalProperties" -> {
                if (!(value instanceof Boolean)) {
                    requireSchema(value, place);
                }
            }
            case "items" -> requireSchema(value, place);
            case "anyOf" -> {
                require(value instanceof List<?> list && !list.isEmpty(), place, "a list of schemas");
                list(value).forEach(schema -> requireSchema(schema, place));
            }
            default -> {
                // what only describes may have any form
            }
        }
    }

    private static void requireSchema(@Nullable Object schema, String place) {
        require(schema instanceof Map, place, "a schema");
        requireKnown(object(schema), place);
    }

    private static void require(boolean right, String place, String wanted) {
        if (!right) {
            throw new IllegalArgumentException("the JSON Schema must have " + wanted + " at '" + place + "'");
        }
    }

    /** Everything that is wrong with a value; the words begin with its place, empty for the value itself. */
    public List<Problem> problems(@Nullable Object value) {
        List<Problem> problems = new ArrayList<>();
        check(rules, value, "", problems);
        return problems;
    }

    private static void check(
            Map<String, @Nullable Object> rules, @Nullable Object value, String place, List<Problem> problems) {
        if (rules.containsKey("type") && !isOfType(rules.get("type"), value)) {
            add(problems, place, "is " + JsonValues.described(value), "Give " + described(rules.get("type")));
            return;
        }
        allowed(rules, value, place, problems);
        if (value instanceof String text) {
            length(rules, text.codePointCount(0, text.length()), "Length", "characters", place, problems);
        } else if (value instanceof Number number) {
            range(rules, decimal(number), place, problems);
        } else if (value instanceof List<?> list) {
            list(rules, list, place, problems);
        } else if (value instanceof Map<?, ?>) {
            members(rules, object(value), place, problems);
        }
    }

    private static boolean isOfType(@Nullable Object types, @Nullable Object value) {
        List<?> names = types instanceof List<?> list ? list : List.of(String.valueOf(types));
        return names.stream().anyMatch(name -> switch (String.valueOf(name)) {
            case "null" -> value == null;
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && isWhole(number);
            case "array" -> value instanceof List;
            default -> value instanceof Map;
        });
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long
                || number instanceof BigInteger
                || number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static String described(@Nullable Object types) {
        List<?> names = types instanceof List<?> list ? list : List.of(String.valueOf(types));
        return String.join(
                " or ",
                names.stream()
                        .map(name -> switch (String.valueOf(name)) {
                            case "null" -> "null";
                            case "boolean" -> "true or false";
                            case "string" -> "text";
                            case "integer" -> "a whole number";
                            case "number" -> "a number";
                            case "array" -> "a list";
                            default -> "an object";
                        })
                        .toList());
    }

    private static void allowed(
            Map<String, @Nullable Object> rules, @Nullable Object value, String place, List<Problem> problems) {
        if (rules.get("enum") instanceof List<?> values && values.stream().noneMatch(one -> same(one, value))) {
            String nearest = value instanceof String text
                    ? Nearest.of(text, values.stream().map(String::valueOf).toList())
                            .map(one -> "; '" + one + "' is the nearest")
                            .orElse("")
                    : "";
            add(problems, place, "is " + JsonValues.described(value), "Use one of " + values + nearest);
        }
        if (rules.containsKey("const") && !same(rules.get("const"), value)) {
            add(problems, place, "is " + JsonValues.described(value), "Use " + JsonWriter.line(rules.get("const")));
        }
        if (rules.get("anyOf") instanceof List<?> choices) {
            List<Problem> first = List.of();
            for (Object choice : choices) {
                List<Problem> found = new ArrayList<>();
                check(object(choice), value, place, found);
                if (found.isEmpty()) {
                    return;
                }
                first = first.isEmpty() ? found : first;
            }
            problems.addAll(first);
        }
    }

    /** Numbers are equal by value, as 1 and 1.0 are one number in JSON. */
    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number one && b instanceof Number other) {
            return decimal(one).compareTo(decimal(other)) == 0;
        }
        return Objects.equals(a, b);
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
    }

    private static void length(
            Map<String, @Nullable Object> rules,
            long size,
            String rule,
            String unit,
            String place,
            List<Problem> problems) {
        if (rules.get("min" + rule) instanceof Long least && size < least) {
            add(problems, place, "has " + size + " " + unit, "Give at least " + least);
        }
        if (rules.get("max" + rule) instanceof Long most && size > most) {
            add(problems, place, "has " + size + " " + unit, "Give at most " + most);
        }
    }

    private static void range(
            Map<String, @Nullable Object> rules, BigDecimal number, String place, List<Problem> problems) {
        bound(rules, "minimum", number)
                .filter(order -> order < 0)
                .ifPresent(order -> add(problems, place, "is " + number, "Give at least " + rules.get("minimum")));
        bound(rules, "maximum", number)
                .filter(order -> order > 0)
                .ifPresent(order -> add(problems, place, "is " + number, "Give at most " + rules.get("maximum")));
        bound(rules, "exclusiveMinimum", number)
                .filter(order -> order <= 0)
                .ifPresent(order ->
                        add(problems, place, "is " + number, "Give more than " + rules.get("exclusiveMinimum")));
        bound(rules, "exclusiveMaximum", number)
                .filter(order -> order >= 0)
                .ifPresent(order ->
                        add(problems, place, "is " + number, "Give less than " + rules.get("exclusiveMaximum")));
    }

    /** How a number compares to a bound, if there is one. */
    private static Optional<Integer> bound(Map<String, @Nullable Object> rules, String rule, BigDecimal number) {
        return rules.get(rule) instanceof Number bound
                ? Optional.of(number.compareTo(decimal(bound)))
                : Optional.empty();
    }

    private static void list(Map<String, @Nullable Object> rules, List<?> list, String place, List<Problem> problems) {
        length(rules, list.size(), "Items", "elements", place, problems);
        if (Boolean.TRUE.equals(rules.get("uniqueItems")) && new HashSet<Object>(list).size() < list.size()) {
            add(problems, place, "has an element twice", "Give each element once");
        }
        if (rules.containsKey("items")) {
            for (int i = 0; i < list.size(); i++) {
                check(object(rules.get("items")), list.get(i), place + "/" + i, problems);
            }
        }
    }

    private static void members(
            Map<String, @Nullable Object> rules,
            Map<String, @Nullable Object> value,
            String place,
            List<Problem> problems) {
        Map<String, @Nullable Object> properties = object(rules.get("properties"));
        if (rules.get("required") instanceof List<?> names) {
            for (Object name : names) {
                if (!value.containsKey(String.valueOf(name))) {
                    add(problems, place, "has no '" + name + "'", "Give '" + name + "'");
                }
            }
        }
        value.forEach((name, member) -> {
            String inner = place + "/" + Pointer.escaped(name);
            if (properties.containsKey(name)) {
                check(object(properties.get(name)), member, inner, problems);
            } else if (Boolean.FALSE.equals(rules.get("additionalProperties"))) {
                add(
                        problems,
                        inner,
                        "is not known",
                        "Use one of " + properties.keySet()
                                + Nearest.of(name, properties.keySet())
                                        .map(nearest -> "; '" + nearest + "' is the nearest")
                                        .orElse(""));
            } else if (rules.get("additionalProperties") instanceof Map) {
                check(object(rules.get("additionalProperties")), member, inner, problems);
            }
        });
    }

    private static void add(List<Problem> problems, String place, String what, String mend) {
        problems.add(new Problem(place + " " + what, mend));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }
}
