package dev.datastudio.ml.explore.internal.tool;

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
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.ExploreRequest;
import dev.datastudio.ml.explore.Finding;
import dev.datastudio.ml.explore.Finding.Drawing;
import dev.datastudio.ml.explore.Finding.Table;
import dev.datastudio.ml.explore.internal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What explorations in the background are told, and what they give, as JSON. Anybody may submit one, so both are checked. */
public final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<List<@Nullable Object>>> ROWS = new TypeReference<>() {};

    private Findings() {}

    /** The payload of an exploration. */
    public static String payload(ExploreRequest asked) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", Kind.of(asked.spec()).name())
                .put("dataset", asked.dataset().toString());
        json.set("spec", JSON.valueToTree(asked.spec()));
        return json.put("keepAs", asked.keepAs())
                .put("keepModelAs", asked.keepModelAs())
                .toString();
    }

    /** What {@link #payload} wrote. */
    public static ExploreRequest read(String payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            Kind kind = Kind.valueOf(json.required("kind").asText());
            return new ExploreRequest(
                    DatasetId.parse(json.required("dataset").asText()),
                    JSON.treeToValue(json.required("spec"), kind.spec()),
                    json.required("keepAs").asText(),
                    json.path("keepModelAs").asText()); // requests of before could not keep one
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The payload " + StudioException.quote(payload) + " asks for no exploration",
                    "Submit it with ExploringJobs",
                    e);
        }
    }

    /** What was found, as the result of a job. */
    public static String result(Dataset dataset, Exploration found) {
        Finding finding = Finding.of(dataset, found);
        ObjectNode json = JSON.createObjectNode()
                .put("type", "exploration")
                .put("id", dataset.id().toString());
        json.set("sentences", JSON.valueToTree(finding.sentences()));
        json.set("notes", JSON.valueToTree(finding.notes()));
        ArrayNode drawings = json.putArray("drawings");
        for (Drawing each : finding.drawings()) {
            ObjectNode one = drawings.addObject()
                    .put("name", each.name())
                    .put("title", each.title())
                    .put("figure", each.figure());
            rows(one, each.columns(), each.rows());
        }
        ArrayNode tables = json.putArray("tables");
        finding.tables()
                .forEach(each -> rows(tables.addObject().put("title", each.title()), each.columns(), each.rows()));
        finding.kept().ifPresent(made -> json.put("kept", made.toString()));
        finding.model().ifPresent(made -> json.put("model", made));
        return json.toString();
    }

    private static void rows(ObjectNode json, List<String> columns, List<List<@Nullable Object>> values) {
        json.set("columns", JSON.valueToTree(columns));
        ArrayNode rows = json.putArray("rows");
        values.forEach(row -> row(rows.addArray(), row));
    }

    /** Numbers and truths as they are, all else as people write it. */
    private static void row(ArrayNode json, List<@Nullable Object> row) {
        for (Object value : row) {
            if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
                json.addNull();
            } else if (value instanceof Number || value instanceof Boolean) {
                json.addPOJO(value);
            } else {
                json.add(value.toString());
            }
        }
    }

    /** What {@link #result} told. */
    public static Finding finding(String result) {
        try {
            JsonNode json = JSON.readTree(result);
            List<Drawing> drawings = new ArrayList<>();
            for (JsonNode each : json.required("drawings")) {
                drawings.add(new Drawing(
                        each.required("name").asText(),
                        each.required("title").asText(),
                        each.required("figure").asText(),
                        texts(each.required("columns")),
                        JSON.convertValue(each.required("rows"), ROWS)));
            }
            List<Table> tables = new ArrayList<>();
            for (JsonNode each : json.path("tables")) { // results of before have none
                tables.add(new Table(
                        each.required("title").asText(),
                        texts(each.required("columns")),
                        JSON.convertValue(each.required("rows"), ROWS)));
            }
            return new Finding(
                    texts(json.required("sentences")),
                    texts(json.required("notes")),
                    drawings,
                    tables,
                    json.has("kept")
                            ? Optional.of(DatasetId.parse(json.get("kept").asText()))
                            : Optional.empty(),
                    json.has("model") ? Optional.of(json.get("model").asText()) : Optional.empty());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the result of an exploration is JSON", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
