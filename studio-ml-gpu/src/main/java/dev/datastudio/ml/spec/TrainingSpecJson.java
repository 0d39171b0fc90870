package dev.datastudio.ml.spec;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.RandomForest;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.spec.internal.StrictObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Specs as JSON. What is left out has its default; what is unknown is refused, so that a misspelt parameter is not
 * silently another model.
 *
 * <pre>{@code
 * {"target": "Profit", "algorithm": {"type": "random_forest", "trees": 200}, "seed": 7}
 * }</pre>
 */
public final class TrainingSpecJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {};
    private static final Set<String> NAMES =
            Set.of("task", "target", "features", "algorithm", "preparation", "split", "validation", "seed");

    private TrainingSpecJson() {}

    /** Writes all of a spec, defaults too. */
    public static String write(TrainingSpec spec) {
        ObjectNode json = JSON.createObjectNode();
        json.put("task", spec.task().name().toLowerCase(Locale.ROOT));
        json.put("target", spec.target());
        ArrayNode features = json.putArray("features");
        spec.features().forEach(features::add);
        ObjectNode algorithm = json.putObject("algorithm");
        algorithm.put("type", spec.algorithm().name());
        algorithm.setAll((ObjectNode) JSON.valueToTree(spec.algorithm().parameters()));
        json.set("preparation", JSON.valueToTree(Parameters.values(spec.preparation())));
        json.set("split", JSON.valueToTree(Parameters.values(spec.split())));
        json.set("validation", JSON.valueToTree(Parameters.values(spec.validation())));
        json.put("seed", spec.seed());
        return json.toString();
    }

    /**
     * Reads a spec.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it is no JSON object, or something in it is
     *     unknown or out of its range
     */
    public static TrainingSpec parse(String text) {
        StrictObject json = StrictObject.parse(text, "{\"target\": \"Profit\"}");
        json.requireOnly(NAMES, "A spec");
        return new TrainingSpec(
                json.has("task") ? task(json.text("task")) : Task.AUTOMATIC,
                json.text("target"),
                json.texts("features"),
                json.has("algorithm") ? algorithm(json.get("algorithm")) : RandomForest.DEFAULT,
                Parameters.make(Preparation.class, values(json, "preparation")),
                Parameters.make(Split.class, values(json, "split")),
                Parameters.make(Validation.class, values(json, "validation")),
                json.has("seed") ? json.wholeNumber("seed") : TrainingSpec.DEFAULT_SEED);
    }

    private static Task task(String name) {
        return Arrays.stream(Task.values())
                .filter(task -> task.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> StrictObject.wrong(
                        "There is no task " + StudioException.quote(name),
                        "Use one of " + Arrays.toString(Task.values()).toLowerCase(Locale.ROOT)));
    }

    private static Algorithm algorithm(JsonNode json) {
        if (json.isTextual()) {
            return Algorithm.of(json.asText(), Map.of());
        }
        if (!json.isObject() || !json.path("type").isTextual()) {
            throw StrictObject.wrong(
                    "'algorithm' must be an object with a type, was " + StudioException.quote(json),
                    "Send {\"type\": \"random_forest\"}");
        }
        Map<String, Object> parameters = JSON.convertValue(json, VALUES);
        parameters.remove("type");
        // Layers stand as a list in JSON that people write, and as its text in the parameters.
        json.properties().forEach(each -> {
            if (each.getValue().isArray()) {
                parameters.put(each.getKey(), each.getValue().toString());
            }
        });
        return Algorithm.of(json.path("type").asText(), present(parameters));
    }

    private static Map<String, Object> values(StrictObject json, String name) {
        JsonNode value = json.get(name);
        if (value.isMissingNode()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw StrictObject.wrong(
                    "'" + name + "' must be an object, was " + StudioException.quote(value), "Send {} for defaults");
        }
        return present(JSON.convertValue(value, VALUES));
    }

    private static Map<String, Object> present(Map<String, Object> values) {
        values.values().removeIf(java.util.Objects::isNull);
        return values;
    }
}
