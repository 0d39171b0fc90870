package dev.datastudio.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.tune.Try;
import dev.datastudio.ml.tune.Tuned;
import java.util.List;

/** Trained models as JSON. A number that does not exist is null. */
final class TrainedJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrainedJson() {}

    static String of(TrainedModel model) {
        return json(model).toPrettyString();
    }

    static String of(List<TrainedModel> models) {
        ArrayNode all = JSON.createArrayNode();
        models.forEach(model -> all.add(json(model)));
        return all.toPrettyString();
    }

    static String of(Tuned tuned) {
        ObjectNode json = json(tuned.model());
        ArrayNode tries = json.putArray("tries");
        for (Try each : tuned.tries()) {
            ObjectNode one = tries.addObject().put("algorithm", each.algorithm().name());
            one.set("parameters", JSON.valueToTree(each.algorithm().parameters()));
            one.put("rows", each.rows());
            put(one, "score", each.score());
            one.put("millis", each.took().toMillis()).put("problem", each.problem());
        }
        return json.toPrettyString();
    }

    /** A data set with predictions. */
    static String dataset(Dataset predicted) {
        return JSON.createObjectNode()
                .put("id", predicted.id().toString())
                .put("name", predicted.name())
                .put("version", predicted.version())
                .put("table", predicted.table())
                .put("rows", predicted.rowCount())
                .toPrettyString();
    }

    private static ObjectNode json(TrainedModel model) {
        ObjectNode json = JSON.createObjectNode().put("id", model.id()).put("name", model.name());
        json.put("version", model.version()).put("description", model.description());
        json.put("kind", model.algorithm());
        model.learntFrom().ifPresent(data -> json.set("data", JSON.valueToTree(data)));
        json.set("columns", JSON.valueToTree(model.columns()));
        json.set("classes", JSON.valueToTree(model.classes()));
        json.set("warnings", JSON.valueToTree(model.warnings()));
        json.put("testRows", model.evaluation().rows());
        ArrayNode metrics = json.putArray("metrics");
        for (Metric metric : model.evaluation().metrics()) {
            ObjectNode one = metrics.addObject().put("name", metric.name());
            put(one, "value", metric.value());
            put(one, "low", metric.low());
            put(one, "high", metric.high());
            put(
                    one,
                    "baseline",
                    model.evaluation().beside(metric.name()).map(Metric::value).orElse(Double.NaN));
        }
        json.put("device", model.device()).put("tookMillis", model.took().toMillis());
        json.put("trainedAt", model.trainedAt().toString());
        try {
            if (model.source() instanceof ModelSource.Trained trained) {
                json.set("spec", JSON.readTree(TrainingSpecJson.write(trained.spec())));
            } else if (model.source() instanceof ModelSource.Explored explored) {
                json.set("spec", JSON.readTree(explored.spec()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec is JSON", e);
        }
        return json;
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
