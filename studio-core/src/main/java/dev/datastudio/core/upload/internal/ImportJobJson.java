package dev.datastudio.core.upload.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
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
        try {
            JsonNode text = JSON.readTree(payload).path(name);
            return text.isTextual() ? text.textValue() : "";
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The payload " + StudioException.quote(payload) + " is no JSON",
                    "Submit the job by the method that is for it",
                    e);
        }
    }

    /** What came of an import: {@code {"type":"dataset","id":"…"}}. */
    public static String result(Dataset dataset) {
        return JSON.createObjectNode()
                .put("type", "dataset")
                .put("id", dataset.id().toString())
                .toString();
    }
}
