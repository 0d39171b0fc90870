package dev.datastudio.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.registry.Comparison;
import dev.datastudio.ml.registry.Explanation;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.tune.Try;
import dev.datastudio.ml.tune.Tuned;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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

    /** Why a model says what it says of a row. */
    static String of(Explanation why) {
        ObjectNode json = JSON.createObjectNode();
        json.put("predicted", why.prediction().label());
        put(json, "value", why.prediction().value());
        json.put("label", why.label()).put("unit", why.unit().name().toLowerCase(Locale.ROOT));
        put(json, "base", why.base());
        put(json, "margin", why.margin());
        ArrayNode all = json.putArray("contributions");
        why.contributions().forEach(each -> put(all.addObject().put("column", each.column()), "amount", each.amount()));
        return json.toPrettyString();
    }

    /** How far rows went from those of training. */
    static String of(Drift drift) {
        ObjectNode json = JSON.createObjectNode()
                .put("rows", drift.rows())
                .put("reading", drift.reading().name().toLowerCase(Locale.ROOT))
                .put("verdict", drift.verdict());
        ArrayNode all = json.putArray("columns");
        drift.columns().forEach(each -> {
            ObjectNode one = all.addObject().put("column", each.column());
            put(one, "index", each.index());
            put(one, "byChance", each.byChance());
            one.put("reading", each.reading().name().toLowerCase(Locale.ROOT));
            put(one, "missingThen", each.missingThen());
            put(one, "missingNow", each.missingNow());
            put(one, "outside", each.outside());
            one.set("newValues", JSON.valueToTree(each.newValues()));
        });
        return json.toPrettyString();
    }

    /** Models side by side. */
    static String of(Comparison found) {
        ObjectNode json = JSON.createObjectNode().put("target", found.target()).put("note", found.note());
        ArrayNode models = json.putArray("models");
        found.models().forEach(model -> models.add(json(model)));
        ArrayNode differences = json.putArray("differences");
        found.differences().forEach(each -> {
            ObjectNode one = differences.addObject().put("model", each.model()).put("metric", each.metric());
            put(one, "value", each.value());
            put(one, "low", each.low());
            put(one, "high", each.high());
            one.put("clear", each.isClear());
        });
        return json.toPrettyString();
    }

    /** A card. */
    static String card(String markdown) {
        return JSON.createObjectNode().put("markdown", markdown).toPrettyString();
    }

    /** A file that was written. */
    static String file(Path file, long bytes) {
        return JSON.createObjectNode()
                .put("file", file.toString())
                .put("bytes", bytes)
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
