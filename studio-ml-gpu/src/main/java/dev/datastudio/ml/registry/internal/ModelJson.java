package dev.datastudio.ml.registry.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.Signature;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.train.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * What is known of models, as entries. A trained model has its parts side by side, as it had before there were others; what is
 * only there of others stands in {@code source} and {@code signature}.
 */
final class ModelJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Groups of parts are read out of one object, each its own. */
    private static final ObjectMapper PARTS =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final TypeReference<LinkedHashMap<String, ColumnType>> COLUMNS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Importance>> IMPORTANCES = new TypeReference<>() {};
    private static final TypeReference<List<Evaluation.Learnt>> CURVE = new TypeReference<>() {};

    private ModelJson() {}

    static String write(TrainedModel model, String hash) {
        try {
            ObjectNode json = JSON.createObjectNode();
            json.put("user", model.owner().user());
            json.put("name", model.name());
            json.put("version", model.version());
            json.put("description", model.description());
            write(model, json);
            json.set("columns", JSON.valueToTree(model.columns()));
            json.set("classes", JSON.valueToTree(model.classes()));
            json.set("features", JSON.valueToTree(model.features()));
            json.set("warnings", JSON.valueToTree(model.warnings()));
            json.set("evaluation", write(model.evaluation()));
            json.put("bytes", model.bytes());
            json.put("trainedAt", model.trainedAt().toEpochMilli());
            json.put("hash", hash);
            return json.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(TrainedModel model, ObjectNode json) throws JsonProcessingException {
        if (model.source() instanceof ModelSource.Trained trained) {
            json.set("spec", JSON.readTree(TrainingSpecJson.write(trained.spec())));
            json.set("data", JSON.valueToTree(trained.data()));
            json.put("device", trained.device());
            json.put("tookMillis", trained.took().toMillis());
            json.set(
                    "history",
                    JSON.valueToTree(
                            trained.history().stream().map(ModelJson::row).toList()));
            return;
        }
        ObjectNode source = json.putObject("source");
        if (model.source() instanceof ModelSource.Explored explored) {
            source.put("method", explored.method());
            source.set("spec", JSON.readTree(explored.spec()));
            source.set("data", JSON.valueToTree(explored.data()));
            source.put("tookMillis", explored.took().toMillis());
            source.set("found", JSON.valueToTree(explored.found()));
        } else {
            source.setAll((ObjectNode) JSON.valueToTree(model.source()));
        }
        json.putObject("signature")
                .put("task", model.task().name().toLowerCase(Locale.ROOT))
                .put("target", model.target())
                .set("numbers", JSON.valueToTree(model.signature().numbers()));
    }

    private static ObjectNode write(Evaluation evaluation) {
        ObjectNode json = JSON.createObjectNode().put("rows", evaluation.rows());
        json.setAll((ObjectNode) JSON.valueToTree(evaluation.numbers()));
        json.setAll((ObjectNode) JSON.valueToTree(evaluation.curves()));
        json.set("importances", JSON.valueToTree(evaluation.importances()));
        json.set("learningCurve", JSON.valueToTree(evaluation.learningCurve()));
        return json;
    }

    static TrainedModel read(Entry entry) {
        try {
            JsonNode json = JSON.readTree(entry.body());
            ModelSource source = source(json);
            return new TrainedModel(
                    entry.key().id(),
                    new Caller(entry.key().tenant(), json.required("user").asText()),
                    json.required("name").asText(),
                    json.required("version").asInt(),
                    json.required("description").asText(),
                    source,
                    signature(json, source),
                    JSON.convertValue(json.required("warnings"), TEXTS),
                    evaluation((ObjectNode) json.required("evaluation")),
                    json.required("bytes").asLong(),
                    Instant.ofEpochMilli(json.required("trainedAt").asLong()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The entry of the model " + entry.key().id() + " can't be read", e);
        }
    }

    private static ModelSource source(JsonNode json) throws JsonProcessingException {
        JsonNode source = json.path("source");
        if (source.isMissingNode()) {
            return new ModelSource.Trained(
                    TrainingSpecJson.parse(json.required("spec").toString()),
                    JSON.treeToValue(json.required("data"), TrainedModel.Data.class),
                    json.required("device").asText(),
                    Duration.ofMillis(json.required("tookMillis").asLong()),
                    history(json.path("history")));
        }
        return source.has("method")
                ? new ModelSource.Explored(
                        source.required("method").asText(),
                        source.required("spec").toString(),
                        JSON.treeToValue(source.required("data"), TrainedModel.Data.class),
                        Duration.ofMillis(source.required("tookMillis").asLong()),
                        found(source.path("found")))
                : JSON.treeToValue(source, ModelSource.Imported.class);
    }

    /** Models that were kept before it was there have none. */
    private static List<String> found(JsonNode texts) {
        return texts.isMissingNode() ? List.of() : JSON.convertValue(texts, TEXTS);
    }

    private static Signature signature(JsonNode json, ModelSource source) {
        JsonNode told = json.path("signature");
        TrainingSpec spec = source instanceof ModelSource.Trained trained ? trained.spec() : null;
        return new Signature(
                spec == null ? Task.valueOf(told.required("task").asText().toUpperCase(Locale.ROOT)) : spec.task(),
                spec == null ? told.required("target").asText() : spec.target(),
                JSON.convertValue(json.required("columns"), COLUMNS),
                JSON.convertValue(json.required("classes"), TEXTS),
                JSON.convertValue(json.required("features"), TEXTS),
                spec == null ? JSON.convertValue(told.required("numbers"), TEXTS) : List.of());
    }

    private static Evaluation evaluation(ObjectNode json) throws JsonProcessingException {
        json.withArray("learningCurve"); // entries of before it was there have none
        return new Evaluation(
                json.required("rows").asLong(),
                PARTS.treeToValue(json, Evaluation.Numbers.class),
                PARTS.treeToValue(json, Evaluation.Curves.class),
                JSON.convertValue(json.required("importances"), IMPORTANCES),
                JSON.convertValue(json.required("learningCurve"), CURVE));
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
