package dev.datastudio.testkit.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;

/** A script as JSON, as {@link ScriptedModelServer#script} takes it. */
final class ModelScript {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelScript() {}

    /** Adds what a script says to a server. */
    static void addTo(ScriptedModelServer server, String script) {
        for (JsonNode line : parse(script)) {
            ModelReply reply = reply(line);
            if (line.has("when")) {
                server.when(line.get("when").asText()).reply(reply);
            } else {
                server.inTurn(reply);
            }
        }
    }

    private static JsonNode parse(String script) {
        try {
            JsonNode root = JSON.readTree(script);
            if (!root.isArray()) {
                throw new IllegalArgumentException("script must be a JSON array, was " + script);
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("script must be a JSON array, was " + script, e);
        }
    }

    private static ModelReply reply(JsonNode line) {
        ModelReply reply = content(line);
        if (line.has("usage")) {
            reply = reply.usage(
                    line.get("usage").path(0).asInt(), line.get("usage").path(1).asInt());
        }
        if (line.has("delayMillis")) {
            reply = reply.after(Duration.ofMillis(line.get("delayMillis").asLong()));
        }
        return line.has("cutAfter") ? reply.cutAfter(line.get("cutAfter").asInt()) : reply;
    }

    private static ModelReply content(JsonNode line) {
        if (line.has("text")) {
            return ModelReply.text(line.get("text").asText());
        }
        if (line.has("tool")) {
            return ModelReply.toolCall(
                    line.get("tool").asText(), line.path("arguments").toString());
        }
        if (line.has("error")) {
            ModelReply error = ModelReply.error(
                    line.get("error").asInt(), line.path("message").asText());
            return line.has("retryAfter")
                    ? error.retryAfter(line.get("retryAfter").asInt())
                    : error;
        }
        if (line.has("raw")) {
            return ModelReply.raw(line.get("raw").asText());
        }
        throw new IllegalArgumentException("a line of a script needs text, tool, error or raw, was " + line);
    }
}
