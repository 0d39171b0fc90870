package dev.datastudio.ml.explore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.spec.internal.StrictObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    private static final String EXAMPLE = "{\"type\": \"clusters\"}";
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
            json.put(name, StrictObject.word(constant));
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
        StrictObject json = StrictObject.parse(text, EXAMPLE);
        ExploreSpec plain = DEFAULTS.get(json.text(TYPE));
        if (plain == null) {
            throw StrictObject.wrong(
                    "'type' must be one of " + DEFAULTS.keySet() + ", was " + StudioException.quote(json.get(TYPE)),
                    "Send an object such as " + EXAMPLE);
        }
        RecordComponent[] components = plain.getClass().getRecordComponents();
        List<String> known = new ArrayList<>(List.of(TYPE));
        Arrays.stream(components).map(RecordComponent::getName).forEach(known::add);
        json.requireOnly(known, "A spec of " + json.text(TYPE));
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = json.has(components[i].getName()) ? value(components[i], json) : value(components[i], plain);
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
            throw StrictObject.wrong(
                    "This is no " + kind.getSimpleName() + ": " + StudioException.quote(text), "Send one of that type");
        }
        return kind.cast(spec);
    }

    private static Object value(RecordComponent component, StrictObject json) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == List.class) {
            return json.texts(name);
        }
        if (type == String.class) {
            return json.text(name);
        }
        if (type.isEnum()) {
            return json.constant(name, type);
        }
        if (type == double.class) {
            return json.number(name);
        }
        return type == int.class ? (Object) json.smallNumber(name) : (Object) json.wholeNumber(name);
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
}
