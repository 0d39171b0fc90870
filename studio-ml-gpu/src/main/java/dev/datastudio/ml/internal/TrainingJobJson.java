package dev.datastudio.ml.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.TrainingLimits;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.tune.Budget;
import dev.datastudio.ml.tune.Try;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What trainings in the background are told, and what they give. Anybody may submit one, so that both are checked. */
public final class TrainingJobJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {};

    private TrainingJobJson() {}

    /**
     * What a prediction is told.
     *
     * @param name of the new data set
     */
    public record Prediction(String model, DatasetId dataset, String name) {}

    /**
     * What a making of rows is told.
     *
     * @param name of the new data set
     */
    public record Generation(String model, long rows, long seed, String name) {}

    /** What a comparison with training rows is told. */
    public record Comparison(String model, DatasetId dataset) {}

    /** The payload of a training. */
    public static String write(TrainingRequest asked) {
        ObjectNode json = JSON.createObjectNode();
        json.put("dataset", asked.dataset().toString());
        json.set("spec", tree(TrainingSpecJson.write(asked.spec())));
        asked.budget()
                .ifPresent(budget -> json.putObject("budget")
                        .put("millis", budget.time().toMillis())
                        .put("maxTries", budget.maxTries()));
        json.put("name", asked.name()).put("description", asked.description());
        json.put("seconds", asked.time().toSeconds());
        json.put("threads", asked.limits().threads());
        json.put("memoryBytes", asked.limits().memoryBytes());
        return json.toString();
    }

    /** What {@link #write} wrote. */
    public static TrainingRequest read(String payload) {
        JsonNode json = tree(payload);
        try {
            JsonNode budget = json.path("budget");
            return new TrainingRequest(
                    DatasetId.parse(json.required("dataset").asText()),
                    TrainingSpecJson.parse(json.required("spec").toString()),
                    budget.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new Budget(
                                    Duration.ofMillis(budget.required("millis").asLong()),
                                    budget.required("maxTries").asInt())),
                    json.path("name").asText(""),
                    json.path("description").asText(""),
                    Duration.ofSeconds(json.path("seconds").asLong(TrainingRequest.DEFAULT_TIME.toSeconds())),
                    new TrainingLimits(
                            json.path("threads").asInt(0),
                            json.path("memoryBytes").asLong(Long.MAX_VALUE)));
        } catch (IllegalArgumentException e) {
            throw invalid(payload, e);
        }
    }

    /** The payload of a prediction. */
    public static String prediction(String model, DatasetId dataset, String name) {
        return JSON.createObjectNode()
                .put("model", model)
                .put("dataset", dataset.toString())
                .put("name", name)
                .toString();
    }

    /** What {@link #prediction} wrote. */
    public static Prediction readPrediction(String payload) {
        JsonNode json = tree(payload);
        try {
            return new Prediction(
                    json.required("model").asText(),
                    DatasetId.parse(json.required("dataset").asText()),
                    json.required("name").asText());
        } catch (IllegalArgumentException e) {
            throw invalid(payload, e);
        }
    }

    /** The payload of a making of rows. */
    public static String generation(String model, long rows, long seed, String name) {
        return JSON.createObjectNode()
                .put("model", model)
                .put("rows", rows)
                .put("seed", seed)
                .put("name", name)
                .toString();
    }

    /** What {@link #generation} wrote. */
    public static Generation readGeneration(String payload) {
        JsonNode json = tree(payload);
        try {
            return new Generation(
                    json.required("model").asText(),
                    json.required("rows").asLong(),
                    json.required("seed").asLong(),
                    json.required("name").asText());
        } catch (IllegalArgumentException e) {
            throw invalid(payload, e);
        }
    }

    /** The payload of a comparison with training rows. */
    public static String drift(String model, DatasetId dataset) {
        return JSON.createObjectNode()
                .put("model", model)
                .put("dataset", dataset.toString())
                .toString();
    }

    /** What {@link #drift(String, DatasetId)} wrote. */
    public static Comparison readDrift(String payload) {
        JsonNode json = tree(payload);
        try {
            return new Comparison(
                    json.required("model").asText(),
                    DatasetId.parse(json.required("dataset").asText()));
        } catch (IllegalArgumentException e) {
            throw invalid(payload, e);
        }
    }

    /** An archive of pictures that becomes a data set. */
    public record Pictures(String upload, int size, String name) {}

    public static String pictures(String upload, int size, String name) {
        return JSON.createObjectNode()
                .put("upload", upload)
                .put("size", size)
                .put("name", name)
                .toString();
    }

    public static Pictures readPictures(String payload) {
        JsonNode json = tree(payload);
        try {
            return new Pictures(
                    json.required("upload").asText(),
                    json.required("size").asInt(),
                    json.required("name").asText());
        } catch (IllegalArgumentException e) {
            throw invalid(payload, e);
        }
    }

    /** The result of a comparison with training rows. */
    public static String result(String model, Drift found) {
        ObjectNode json = JSON.createObjectNode().put("type", "drift").put("id", model);
        json.set("drift", JSON.valueToTree(found));
        return json.toString();
    }

    /** The drift in the result of a comparison with training rows. */
    public static Drift drift(String result) {
        return JSON.convertValue(tree(result).required("drift"), Drift.class);
    }

    /** The result of a training. */
    public static String result(TrainedModel model, List<Try> tries) {
        ObjectNode json = JSON.createObjectNode().put("type", "trained-model").put("id", model.id());
        json.put("name", model.name()).put("version", model.version());
        ArrayNode all = json.putArray("tries");
        for (Try each : tries) {
            ObjectNode one = all.addObject();
            one.put("algorithm", each.algorithm().name());
            one.set("parameters", JSON.valueToTree(each.algorithm().parameters()));
            one.put("rows", each.rows());
            one.set("folds", JSON.valueToTree(each.folds()));
            one.put("millis", each.took().toMillis()).put("problem", each.problem());
        }
        return json.toString();
    }

    /** The result of a prediction. */
    public static String result(Dataset predicted) {
        return JSON.createObjectNode()
                .put("type", "dataset")
                .put("id", predicted.id().toString())
                .toString();
    }

    /** The id of the model in the result of a training. */
    public static String model(String result) {
        return tree(result).required("id").asText();
    }

    /** All that was tried, of the result of a training. */
    public static List<Try> tries(String result) {
        List<Try> tries = new ArrayList<>();
        for (JsonNode each : tree(result).required("tries")) {
            List<Double> folds = new ArrayList<>();
            each.required("folds").forEach(fold -> folds.add(fold.asDouble()));
            tries.add(new Try(
                    Algorithm.of(
                            each.required("algorithm").asText(),
                            JSON.convertValue(each.required("parameters"), VALUES)),
                    each.required("rows").asLong(),
                    folds,
                    Duration.ofMillis(each.required("millis").asLong()),
                    each.required("problem").asText()));
        }
        return tries;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(text, e);
        }
    }

    private static StudioException invalid(String payload, Exception cause) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The payload " + StudioException.quote(payload) + " asks for no training",
                "Submit it with TrainingJobs",
                cause);
    }
}
