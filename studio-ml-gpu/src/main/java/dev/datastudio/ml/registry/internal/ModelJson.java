package dev.datastudio.ml.registry.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.train.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What is known of models, as entries. */
final class ModelJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, ColumnType>> COLUMNS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private ModelJson() {}

    static String write(TrainedModel model, String hash) {
        try {
            ObjectNode json = JSON.createObjectNode();
            json.put("user", model.owner().user());
            json.put("name", model.name());
            json.put("version", model.version());
            json.put("description", model.description());
            json.set("spec", JSON.readTree(TrainingSpecJson.write(model.spec())));
            json.set("data", JSON.valueToTree(model.data()));
            json.set("columns", JSON.valueToTree(model.columns()));
            json.set("classes", JSON.valueToTree(model.classes()));
            json.set("features", JSON.valueToTree(model.features()));
            json.set("warnings", JSON.valueToTree(model.warnings()));
            json.set("evaluation", JSON.valueToTree(model.evaluation()));
            json.put("device", model.device());
            json.put("tookMillis", model.took().toMillis());
            json.put("bytes", model.bytes());
            json.put("trainedAt", model.trainedAt().toEpochMilli());
            json.set(
                    "history",
                    JSON.valueToTree(
                            model.history().stream().map(ModelJson::row).toList()));
            json.put("hash", hash);
            return json.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static TrainedModel read(Entry entry) {
        try {
            JsonNode json = JSON.readTree(entry.body());
            return new TrainedModel(
                    entry.key().id(),
                    new Caller(entry.key().tenant(), json.required("user").asText()),
                    json.required("name").asText(),
                    json.required("version").asInt(),
                    json.required("description").asText(),
                    TrainingSpecJson.parse(json.required("spec").toString()),
                    JSON.treeToValue(json.required("data"), TrainedModel.Data.class),
                    JSON.convertValue(json.required("columns"), COLUMNS),
                    JSON.convertValue(json.required("classes"), TEXTS),
                    JSON.convertValue(json.required("features"), TEXTS),
                    JSON.convertValue(json.required("warnings"), TEXTS),
                    evaluation((ObjectNode) json.required("evaluation")),
                    json.required("device").asText(),
                    Duration.ofMillis(json.required("tookMillis").asLong()),
                    json.required("bytes").asLong(),
                    Instant.ofEpochMilli(json.required("trainedAt").asLong()),
                    history(json.path("history")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The entry of the model " + entry.key().id() + " can't be read", e);
        }
    }

    private static Evaluation evaluation(ObjectNode json) throws JsonProcessingException {
        json.withArray("learningCurve"); // entries of before it was there have none
        return JSON.treeToValue(json, Evaluation.class);
    }

    /** Half of what an object would take, since there may be a thousand. */
    private static List<Double> row(Epoch epoch) {
        return List.of((double) epoch.number(), epoch.loss(), epoch.heldLoss(), epoch.learningRate());
    }

    private static List<Epoch> history(JsonNode json) {
        List<Epoch> history = new ArrayList<>();
        json.forEach(row -> history.add(new Epoch(
                row.required(0).asInt(),
                row.required(1).asDouble(),
                row.required(2).asDouble(Double.NaN),
                row.required(3).asDouble())));
        return history;
    }

    static String hash(Entry entry) {
        try {
            return JSON.readTree(entry.body()).required("hash").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The entry of the model " + entry.key().id() + " can't be read", e);
        }
    }
}
