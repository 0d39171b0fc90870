package dev.datastudio.ml.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Specs of explorations as JSON. What is left out has its default; what is unknown is refused, so that a misspelt part does not
 * silently find something else.
 *
 * <pre>{@code
 * {"type": "clusters", "columns": ["spent", "orders"], "clusters": 4}
 * }</pre>
 */
public final class ExploreSpecJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "type";
    private static final int MAX_CHARACTERS = 200_000;
    private static final Map<String, ExploreSpec> DEFAULTS = defaults();

    private ExploreSpecJson() {}

    private static Map<String, ExploreSpec> defaults() {
        Map<String, ExploreSpec> defaults = new LinkedHashMap<>();
        defaults.put("clusters", ClusterSpec.DEFAULT);
        defaults.put("components", ComponentSpec.DEFAULT);
        defaults.put("anomalies", AnomalySpec.DEFAULT);
        defaults.put("forecast", ForecastSpec.ofRows());
        return defaults;
    }

    /** Writes all of a spec, defaults too. */
    public static String write(ExploreSpec spec) {
        ObjectNode json = JSON.createObjectNode();
        DEFAULTS.forEach((type, plain) -> {
            if (plain.getClass() == spec.getClass()) {
                json.put(TYPE, type);
            }
        });
        for (RecordComponent component : spec.getClass().getRecordComponents()) {
            write(json, component.getName(), value(component, spec));
        }
        return json.toString();
    }

    private static void write(ObjectNode json, String name, Object value) {
        if (value instanceof List<?> texts) {
            ArrayNode all = json.putArray(name);
            texts.forEach(text -> all.add(String.valueOf(text)));
        } else if (value instanceof Enum<?> constant) {
            json.put(name, word(constant));
        } else {
            json.set(name, JSON.valueToTree(value));
        }
    }

    /**
     * Reads a spec.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it is no JSON object with a type, or something in it
     *     is unknown, of another kind or out of its range
     */
    public static ExploreSpec parse(String text) {
        JsonNode json = object(text);
        ExploreSpec plain =
                json.path(TYPE).isTextual() ? DEFAULTS.get(json.path(TYPE).asText()) : null;
        if (plain == null) {
            throw wrong(
                    "'type' must be one of " + DEFAULTS.keySet() + ", was " + StudioException.quote(json.path(TYPE)),
                    "Send an object such as {\"type\": \"clusters\"}");
        }
        RecordComponent[] components = plain.getClass().getRecordComponents();
        requireKnown(json, components);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            JsonNode given = json.path(components[i].getName());
            values[i] = given.isMissingNode()
                    ? value(components[i], plain)
                    : value(components[i].getName(), components[i].getType(), given);
        }
        return made(plain.getClass(), components, values);
    }

    /**
     * Reads a spec of one kind.
     *
     * @throws StudioException as {@link #parse(String)}, also when it is of another kind
     */
    public static <S extends ExploreSpec> S parse(String text, Class<S> kind) {
        ExploreSpec spec = parse(text);
        if (!kind.isInstance(spec)) {
            throw wrong(
                    "This is no " + kind.getSimpleName() + ": " + StudioException.quote(text), "Send one of that type");
        }
        return kind.cast(spec);
    }

    private static JsonNode object(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw wrong("A spec of " + text.length() + " characters is too long", "Send at most " + MAX_CHARACTERS);
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(
                    "The spec is no JSON: " + e.getOriginalMessage(),
                    "Send an object such as {\"type\": \"clusters\"}");
        }
        if (!json.isObject()) {
            throw wrong("The spec is no JSON object", "Send an object such as {\"type\": \"clusters\"}");
        }
        return json;
    }

    private static void requireKnown(JsonNode json, RecordComponent[] components) {
        Set<String> known = new TreeSet<>(
                Arrays.stream(components).map(RecordComponent::getName).toList());
        json.fieldNames().forEachRemaining(name -> {
            if (!name.equals(TYPE) && !known.contains(name)) {
                throw wrong(
                        "A spec of " + json.path(TYPE).asText() + " has no " + StudioException.quote(name),
                        "Use " + known);
            }
        });
    }

    private static Object value(String name, Class<?> type, JsonNode given) {
        if (type == List.class) {
            return texts(name, given);
        }
        if (type == String.class) {
            return text(name, given);
        }
        if (type.isEnum()) {
            String word = text(name, given);
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> word((Enum<?>) each).equals(word))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            "'" + name + "' can't be " + StudioException.quote(word),
                            "Use one of "
                                    + Arrays.stream(type.getEnumConstants())
                                            .map(each -> word((Enum<?>) each))
                                            .toList()));
        }
        if (type == double.class) {
            if (!given.isNumber()) {
                throw wrong("'" + name + "' must be a number, was " + StudioException.quote(given), "Send 0.5");
            }
            return given.asDouble();
        }
        boolean fits =
                given.isIntegralNumber() && (type == int.class ? given.canConvertToInt() : given.canConvertToLong());
        if (!fits) {
            throw wrong("'" + name + "' must be a whole number, was " + StudioException.quote(given), "Send 10");
        }
        return type == int.class ? (Object) given.asInt() : (Object) given.asLong();
    }

    private static List<String> texts(String name, JsonNode given) {
        if (!given.isArray()) {
            throw wrong(
                    "'" + name + "' must be a list of texts, was " + StudioException.quote(given), "Send [\"Sales\"]");
        }
        List<String> texts = new ArrayList<>();
        given.forEach(each -> texts.add(text(name, each)));
        return texts;
    }

    private static String text(String name, JsonNode given) {
        if (!given.isTextual()) {
            throw wrong("'" + name + "' must be text, was " + StudioException.quote(given), "Put it in quotes");
        }
        return given.asText();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Object value(RecordComponent component, ExploreSpec spec) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(spec), component.getName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }

    private static ExploreSpec made(Class<? extends ExploreSpec> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof StudioException refused) {
                throw refused;
            }
            throw new IllegalStateException(type + " can't be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be made", e);
        }
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
