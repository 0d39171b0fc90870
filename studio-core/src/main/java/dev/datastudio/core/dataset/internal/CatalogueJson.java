package dev.datastudio.core.dataset.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.core.dataset.ImportReport.RejectedRow;
import java.util.ArrayList;
import java.util.List;

/** The parts of a catalogue row that are JSON. */
final class CatalogueJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CatalogueJson() {}

    static String writeOrigin(Origin origin) {
        return JSON.createObjectNode()
                .put("kind", origin.kind())
                .put("detail", origin.detail())
                .toString();
    }

    static Origin readOrigin(String json) {
        JsonNode node = parse(json);
        return node.path("kind").isTextual()
                ? new Origin(node.path("kind").asText(), node.path("detail").asText())
                : Origin.UNKNOWN;
    }

    static String writeRejected(Rejected rejected) {
        ObjectNode node = JSON.createObjectNode();
        if (rejected.count() > 0) {
            node.put("count", rejected.count());
            ArrayNode rows = node.putArray("first");
            rejected.first().forEach(r -> rows.addObject().put("line", r.line()).put("reason", r.reason()));
        }
        return node.toString();
    }

    static Rejected readRejected(String json) {
        JsonNode node = parse(json);
        List<RejectedRow> first = new ArrayList<>();
        for (JsonNode row : node.path("first")) {
            first.add(new RejectedRow(
                    row.path("line").asLong(), row.path("reason").asText()));
        }
        return new Rejected(node.path("count").asLong(), first);
    }

    static String writeColumns(List<Column> columns) {
        ArrayNode array = JSON.createArrayNode();
        for (Column column : columns) {
            array.addObject()
                    .put("name", column.name())
                    .put("type", column.type().name())
                    .put("role", column.role().name())
                    .put("unit", column.unit())
                    .put("distinct", column.distinctCount())
                    .put("nulls", column.nullCount());
        }
        return array.toString();
    }

    static List<Column> readColumns(String json) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode node : parse(json)) {
            columns.add(new Column(
                    node.path("name").asText(),
                    ColumnType.valueOf(node.path("type").asText()),
                    ColumnRole.valueOf(node.path("role").asText()),
                    node.path("unit").asText(),
                    node.path("distinct").asLong(),
                    node.path("nulls").asLong()));
        }
        return columns;
    }

    static String writeTexts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array.toString();
    }

    static List<String> readTexts(String json) {
        List<String> texts = new ArrayList<>();
        parse(json).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The catalogue holds JSON that Studio did not write", e);
        }
    }
}
