package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.internal.JsonReader;
import dev.datastudio.graph.json.internal.JsonSchema;
import dev.datastudio.graph.json.internal.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of a call against the schema of its tool, and says what is wrong in words that a model can act
 * on. Nothing is guessed: a number in quotes is text, and a comma too many is an error. Only an optional member that is
 * null counts as left out, since some models name every member. Immutable.
 */
public final class ArgumentCheck {
    /** How long the arguments of one call may be. */
    public static final int MAX_CHARACTERS = 200_000;

    private static final int MAX_PROBLEMS = 8;

    private final Map<String, @Nullable Object> rules;
    private final JsonSchema schema;

    private ArgumentCheck(Map<String, @Nullable Object> rules, JsonSchema schema) {
        this.rules = rules;
        this.schema = schema;
    }

    /**
     * The check of a schema. What of JSON Schema this check does not know ({@code $ref}, {@code pattern}, {@code
     * allOf}, …) is left to the tool.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it is no JSON object, or too deep or long
     * @throws IllegalArgumentException when a word has a value that it can't have
     */
    public static ArgumentCheck of(String inputSchema) {
        Map<String, @Nullable Object> rules =
                KnownWords.of(object(JsonReader.read(inputSchema, "The schema of the arguments")));
        return new ArgumentCheck(rules, JsonSchema.parse(JsonWriter.line(rules)));
    }

    /**
     * The arguments, checked.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}
     */
    public Map<String, @Nullable Object> read(String arguments) {
        if (arguments.length() > MAX_CHARACTERS) {
            throw invalid("The arguments have " + arguments.length() + " characters", "Give at most " + MAX_CHARACTERS);
        }
        Object value = parse(arguments.isBlank() ? "{}" : arguments);
        if (!(value instanceof Map)) {
            throw invalid("The arguments are no JSON object", "Send one JSON object");
        }
        Map<String, @Nullable Object> given = withoutNulls(rules, object(value));
        List<Problem> problems = schema.problems(given);
        if (!problems.isEmpty()) {
            throw invalid(words(problems), "Call the tool again with arguments that fit its schema");
        }
        return given;
    }

    private static @Nullable Object parse(String arguments) {
        try {
            return JsonReader.read(arguments, "The text of the arguments");
        } catch (StudioException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, e.what(), "Send one JSON object without comments or extra commas", e);
        }
    }

    private static Map<String, @Nullable Object> withoutNulls(
            Map<String, @Nullable Object> rules, Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> properties = object(rules.get("properties"));
        List<?> required = rules.get("required") instanceof List<?> names ? names : List.of();
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        value.forEach((name, member) -> {
            Map<String, @Nullable Object> inner = object(properties.get(name));
            if (member != null || required.contains(name) || takesNull(inner)) {
                given.put(name, withoutNulls(inner, member));
            }
        });
        return given;
    }

    private static @Nullable Object withoutNulls(Map<String, @Nullable Object> rules, @Nullable Object value) {
        if (value instanceof Map) {
            return withoutNulls(rules, object(value));
        }
        if (value instanceof List<?> list) {
            Map<String, @Nullable Object> inner = object(rules.get("items"));
            List<@Nullable Object> given = new ArrayList<>();
            list.forEach(element -> given.add(withoutNulls(inner, element)));
            return given;
        }
        return value;
    }

    private static boolean takesNull(Map<String, @Nullable Object> rules) {
        return (rules.get("type") instanceof List<?> types && types.contains("null"))
                || "null".equals(rules.get("type"))
                || (rules.get("anyOf") instanceof List<?> choices
                        && choices.stream().anyMatch(choice -> takesNull(object(choice))));
    }

    /** "limit is the text 'ten'. Give a whole number." for each, the first ones only. */
    private static String words(List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        for (Problem problem : problems.subList(0, Math.min(MAX_PROBLEMS, problems.size()))) {
            String what = problem.what().startsWith(" ")
                    ? "the object" + problem.what()
                    : problem.what().substring(1);
            lines.add(what + " (" + problem.mend() + ")");
        }
        if (problems.size() > MAX_PROBLEMS) {
            lines.add("and " + (problems.size() - MAX_PROBLEMS) + " more");
        }
        return "The arguments do not fit: " + String.join("; ", lines);
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }
}
