package dev.datastudio.core.upload.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.upload.Upload;
import java.util.HashMap;
import java.util.Map;

/** What jobs that import are told, and what they give. Anybody may submit one, so that both are checked. */
public final class ImportJobJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImportJobJson() {}

    /** The payload of some texts. */
    public static String payload(Map<String, String> texts) {
        ObjectNode payload = JSON.createObjectNode();
        texts.forEach(payload::put);
        return payload.toString();
    }

    /** The payload of an import of a file: its name, the rows that may be left out, and the types of columns. */
    public static String file(String upload, ImportOptions options) {
        ObjectNode payload = JSON.createObjectNode()
                .put("upload", upload)
                .put("name", options.name())
                .put("maxRejectedRows", options.maxRejectedRows());
        ObjectNode types = payload.putObject("types");
        options.types().forEach((column, type) -> types.put(column, type.name()));
        return payload.toString();
    }

    /** How the payload of {@link #file} wants a file imported. */
    public static ImportOptions.Builder options(String payload) {
        JsonNode json = read(payload);
        Map<String, ColumnType> types = new HashMap<>();
        json.path("types").properties().forEach(type -> types.put(type.getKey(), type(type.getValue())));
        return ImportOptions.builder()
                .name(json.path("name").asText(""))
                .maxRejectedRows(Math.max(0, json.path("maxRejectedRows").asLong(0)))
                .types(types);
    }

    private static ColumnType type(JsonNode name) {
        try {
            return ColumnType.valueOf(name.asText());
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no type " + StudioException.quote(name.asText()),
                    "Submit the job by the method that is for it",
                    e);
        }
    }

    /** A text of a payload. */
    public static String text(String payload, String name) {
        String text = textOrEmpty(payload, name);
        if (text.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The payload " + StudioException.quote(payload) + " has no text '" + name + "'",
                    "Submit the job by the method that is for it");
        }
        return text;
    }

    /** A text of a payload; empty when it has none. */
    public static String textOrEmpty(String payload, String name) {
        JsonNode text = read(payload).path(name);
        return text.isTextual() ? text.textValue() : "";
    }

    private static JsonNode read(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The payload " + StudioException.quote(payload) + " is no JSON",
                    "Submit the job by the method that is for it",
                    e);
        }
    }

    /** What came of fetching a file: {@code {"type":"upload","id":"…"}}. */
    public static String result(Upload upload) {
        return JSON.createObjectNode()
                .put("type", "upload")
                .put("id", upload.id())
                .toString();
    }

    /** What came of an import: {@code {"type":"dataset","id":"…"}}. */
    public static String result(Dataset dataset) {
        return JSON.createObjectNode()
                .put("type", "dataset")
                .put("id", dataset.id().toString())
                .toString();
    }
}
