package dev.datastudio.testkit.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JSON of Ollama's chat, as far as a scripted model needs it. */
final class OllamaWire implements ModelWire {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Asked read(JsonNode body) {
        List<ModelMessage> messages = new ArrayList<>();
        body.path("messages")
                .forEach(message -> messages.add(new ModelMessage(
                        message.path("role").asText(), message.path("content").asText(""))));
        List<String> tools = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> tools.add(tool.path("function").path("name").asText()));
        return new Asked(body.path("model").asText(), body.path("stream").asBoolean(true), messages, tools);
    }

    @Override
    public String key(Map<String, String> headers) {
        String bearer = headers.getOrDefault("authorization", "");
        return bearer.startsWith("Bearer ") ? bearer.substring(7) : "";
    }

    @Override
    public String error(ModelReply.Failure failure) {
        return JSON.createObjectNode().put("error", failure.message()).toString();
    }

    @Override
    public String whole(ModelRequest request, ModelReply reply) {
        return end(request, reply, message(String.join("", reply.pieces()), reply.toolCalls()));
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public List<String> head(ModelRequest request, ModelReply reply) {
        return List.of();
    }

    @Override
    public List<String> piece(ModelRequest request, String piece) {
        ObjectNode line = start(request).put("done", false);
        line.set("message", message(piece, List.of()));
        return List.of(line + "\n");
    }

    @Override
    public List<String> tail(ModelRequest request, ModelReply reply) {
        List<String> lines = new ArrayList<>();
        if (!reply.toolCalls().isEmpty()) {
            ObjectNode line = start(request).put("done", false);
            line.set("message", message("", reply.toolCalls()));
            lines.add(line + "\n");
        }
        lines.add(end(request, reply, message("", List.of())) + "\n");
        return lines;
    }

    private static ObjectNode start(ModelRequest request) {
        return JSON.createObjectNode().put("model", request.model()).put("created_at", "1970-01-01T00:00:00Z");
    }

    private static ObjectNode message(String text, List<ModelReply.ToolCall> toolCalls) {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant").put("content", text);
        if (!toolCalls.isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (ModelReply.ToolCall call : toolCalls) {
                ObjectNode function = calls.addObject().putObject("function");
                function.put("index", calls.size() - 1).put("name", call.tool());
                function.set("arguments", arguments(call));
            }
        }
        return message;
    }

    private static JsonNode arguments(ModelReply.ToolCall call) {
        try {
            return JSON.readTree(call.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("arguments must be a JSON object, were " + call.arguments(), e);
        }
    }

    private static String end(ModelRequest request, ModelReply reply, ObjectNode message) {
        ObjectNode line = start(request);
        line.set("message", message);
        ModelReply.Usage usage = reply.usage(request);
        return line.put("done", true)
                .put("done_reason", "stop")
                .put("prompt_eval_count", usage.promptTokens())
                .put("eval_count", usage.answerTokens())
                .toString();
    }
}
