package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningRecipe;
import dev.datastudio.core.cleaning.CleaningRecord;
import dev.datastudio.core.cleaning.StepEffect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The record of a cleaning as JSON, the detail of a version's origin. */
public final class RecordJson {
    private RecordJson() {}

    /** A record as JSON: the version that was cleaned, and each step with what it did. */
    public static String write(Dataset from, List<StepEffect> effects) {
        ObjectNode json = StepJson.JSON.objectNode().put("version", CleaningRecipe.VERSION);
        json.putObject("from")
                .put("id", from.id().toString())
                .put("name", from.name())
                .put("version", from.version())
                .put("content_hash", from.contentHash());
        ArrayNode steps = json.putArray("steps");
        effects.forEach(effect -> {
            ObjectNode entry = steps.addObject();
            entry.set("done", StepJson.write(effect.step()));
            entry.put("said", effect.said());
            entry.put("rows_before", effect.rowsBefore()).put("rows_after", effect.rowsAfter());
            entry.put("cells_changed", effect.cellsChanged()).put("values_lost", effect.valuesLost());
            ObjectNode statistics = entry.putObject("statistics");
            new TreeMap<>(effect.statistics()).forEach((name, value) -> statistics.set(name, PlanParts.write(value)));
        });
        return json.toString();
    }

    /** A record from JSON. */
    public static CleaningRecord read(String text) {
        Fields json = Fields.parse("record", text, Origin.MAX_DETAIL).only("version", "from", "steps");
        RecipeJson.requireVersion(json);
        Fields from = json.get("from").only("id", "name", "version", "content_hash");
        Fields id = from.get("id");
        List<StepEffect> effects = json.get("steps").list(RecordJson::effect);
        return json.made(() -> new CleaningRecord(id(id), effects));
    }

    private static DatasetId id(Fields json) {
        try {
            return DatasetId.parse(json.text());
        } catch (IllegalArgumentException e) {
            throw json.wrong(quote(json.text()) + " is no id of a data set", "Clean the data set again");
        }
    }

    private static StepEffect effect(Fields json) {
        json.only("done", "said", "rows_before", "rows_after", "cells_changed", "values_lost", "statistics");
        Map<String, Constant> statistics = new LinkedHashMap<>();
        Fields written = json.get("statistics");
        written.json()
                .fieldNames()
                .forEachRemaining(name -> statistics.put(name, PlanParts.constant(written.get(name))));
        return new StepEffect(
                StepJson.read(json.get("done")),
                json.get("said").text(),
                json.get("rows_before").whole(),
                json.get("rows_after").whole(),
                json.get("cells_changed").whole(),
                json.get("values_lost").whole(),
                statistics,
                List.of());
    }
}
