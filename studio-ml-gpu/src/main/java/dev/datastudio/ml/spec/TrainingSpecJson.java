package dev.datastudio.ml.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final int MAX_CHARACTERS = 200_000;

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
        if (text.length() > MAX_CHARACTERS) {
            throw wrong("A spec of " + text.length() + " characters is too long", "Send at most " + MAX_CHARACTERS);
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(
                    "The spec is no JSON: " + e.getOriginalMessage(),
                    "Send an object such as {\"target\": \"Profit\"}");
        }
        if (!json.isObject()) {
            throw wrong("The spec is no JSON object", "Send an object such as {\"target\": \"Profit\"}");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name)) {
                throw wrong(
                        "A spec has no " + StudioException.quote(name),
                        "Use " + NAMES.stream().sorted().toList());
            }
        });
        return new TrainingSpec(
                json.has("task") ? task(text(json, "task")) : Task.AUTOMATIC,
                text(json, "target"),
                features(json.path("features")),
                json.has("algorithm") ? algorithm(json.path("algorithm")) : RandomForest.DEFAULT,
                Parameters.make(Preparation.class, values(json, "preparation")),
                Parameters.make(Split.class, values(json, "split")),
                Parameters.make(Validation.class, values(json, "validation")),
                seed(json.path("seed")));
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw wrong("'" + name + "' must be a text, was " + StudioException.quote(value), "Put it in quotes");
        }
        return value.asText();
    }

    private static Task task(String name) {
        return Arrays.stream(Task.values())
                .filter(task -> task.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "There is no task " + StudioException.quote(name),
                        "Use one of " + Arrays.toString(Task.values()).toLowerCase(Locale.ROOT)));
    }

    private static List<String> features(JsonNode json) {
        List<String> features = new ArrayList<>();
        if (!json.isMissingNode() && !json.isArray()) {
            throw wrong("'features' must be a list of columns, was " + StudioException.quote(json), "Send [\"Sales\"]");
        }
        for (JsonNode feature : json) {
            if (!feature.isTextual()) {
                throw wrong(
                        "A feature must be the name of a column, was " + StudioException.quote(feature), "Send texts");
            }
            features.add(feature.asText());
        }
        return features;
    }

    private static Algorithm algorithm(JsonNode json) {
        if (json.isTextual()) {
            return Algorithm.of(json.asText(), Map.of());
        }
        if (!json.isObject() || !json.path("type").isTextual()) {
            throw wrong(
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

    private static Map<String, Object> values(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw wrong(
                    "'" + name + "' must be an object, was " + StudioException.quote(value), "Send {} for defaults");
        }
        return present(JSON.convertValue(value, VALUES));
    }

    private static Map<String, Object> present(Map<String, Object> values) {
        values.values().removeIf(java.util.Objects::isNull);
        return values;
    }

    private static long seed(JsonNode json) {
        if (json.isMissingNode()) {
            return TrainingSpec.DEFAULT_SEED;
        }
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw wrong("'seed' must be a whole number, was " + StudioException.quote(json), "Send 42");
        }
        return json.asLong();
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
