package dev.datastudio.testkit.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JSON of Anthropic's messages, as far as a scripted model needs it. */
final class AnthropicWire implements ModelWire {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Asked read(JsonNode body) {
        List<ModelMessage> messages = new ArrayList<>();
        String system = text(body.path("system"));
        if (!system.isEmpty()) {
            messages.add(new ModelMessage("system", system));
        }
        body.path("messages").forEach(message -> messages.add(message(message)));
        List<String> tools = new ArrayList<>();
        body.path("tools").forEach(tool -> tools.add(tool.path("name").asText()));
        return new Asked(body.path("model").asText(), body.path("stream").asBoolean(), messages, tools);
    }

    /** The result of a tool comes from the user here; rules see it with the role that other protocols give it. */
    private static ModelMessage message(JsonNode message) {
        boolean isResult = false;
        for (JsonNode part : message.path("content")) {
            isResult |= part.path("type").asText().equals("tool_result");
        }
        return new ModelMessage(isResult ? "tool" : message.path("role").asText(), text(message.path("content")));
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        List<String> parts = new ArrayList<>();
        content.forEach(part -> {
            boolean isResult = part.path("type").asText().equals("tool_result");
            parts.add(isResult ? text(part.path("content")) : part.path("text").asText());
        });
        return String.join("\n", parts);
    }

    @Override
    public String key(Map<String, String> headers) {
        return headers.getOrDefault("x-api-key", "");
    }

    @Override
    public String error(ModelReply.Failure failure) {
        ObjectNode root = JSON.createObjectNode().put("type", "error");
        root.putObject("error")
                .put("type", failure.status() < 500 ? "invalid_request_error" : "api_error")
                .put("message", failure.message());
        return root.toString();
    }

    @Override
    public String whole(ModelRequest request, ModelReply reply) {
        ObjectNode root = start(request);
        ArrayNode content = root.putArray("content");
        if (!reply.pieces().isEmpty()) {
            content.addObject().put("type", "text").put("text", String.join("", reply.pieces()));
        }
        for (int i = 0; i < reply.toolCalls().size(); i++) {
            ModelReply.ToolCall call = reply.toolCalls().get(i);
            toolUse(content.addObject(), request, call, i).set("input", input(call));
        }
        root.put("stop_reason", stopReason(reply));
        usage(root.putObject("usage"), request, reply);
        return root.toString();
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public List<String> head(ModelRequest request, ModelReply reply) {
        ObjectNode message = start(request);
        message.putArray("content");
        message.putNull("stop_reason");
        message.putObject("usage")
                .put("input_tokens", reply.usage(request).promptTokens())
                .put("output_tokens", 1);
        ObjectNode begin = JSON.createObjectNode();
        begin.set("message", message);
        List<String> frames = new ArrayList<>(List.of(event("message_start", begin)));
        if (!reply.pieces().isEmpty()) {
            ObjectNode block = JSON.createObjectNode().put("index", 0);
            block.putObject("content_block").put("type", "text").put("text", "");
            frames.add(event("content_block_start", block));
        }
        return frames;
    }

    @Override
    public List<String> piece(ModelRequest request, String piece) {
        ObjectNode delta = JSON.createObjectNode().put("index", 0);
        delta.putObject("delta").put("type", "text_delta").put("text", piece);
        return List.of(event("content_block_delta", delta));
    }

    @Override
    public List<String> tail(ModelRequest request, ModelReply reply) {
        List<String> frames = new ArrayList<>();
        int index = 0;
        if (!reply.pieces().isEmpty()) {
            frames.add(event("content_block_stop", JSON.createObjectNode().put("index", index++)));
        }
        for (int i = 0; i < reply.toolCalls().size(); i++) {
            frames.addAll(toolEvents(request, reply.toolCalls().get(i), i, index++));
        }
        ObjectNode end = JSON.createObjectNode();
        end.putObject("delta").put("stop_reason", stopReason(reply)).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", reply.usage(request).answerTokens());
        frames.add(event("message_delta", end));
        frames.add(event("message_stop", JSON.createObjectNode()));
        return frames;
    }

    private static List<String> toolEvents(ModelRequest request, ModelReply.ToolCall call, int number, int index) {
        ObjectNode begin = JSON.createObjectNode().put("index", index);
        toolUse(begin.putObject("content_block"), request, call, number).putObject("input");
        List<String> frames = new ArrayList<>(List.of(event("content_block_start", begin)));
        for (String part : call.argumentPieces()) {
            ObjectNode delta = JSON.createObjectNode().put("index", index);
            delta.putObject("delta").put("type", "input_json_delta").put("partial_json", part);
            frames.add(event("content_block_delta", delta));
        }
        frames.add(event("content_block_stop", JSON.createObjectNode().put("index", index)));
        return frames;
    }

    private static String event(String name, ObjectNode data) {
        return "event: " + name + "\ndata: " + data.put("type", name) + "\n\n";
    }

    private static ObjectNode start(ModelRequest request) {
        return JSON.createObjectNode()
                .put("id", "msg_" + request.number())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.model());
    }

    private static ObjectNode toolUse(ObjectNode target, ModelRequest request, ModelReply.ToolCall call, int number) {
        return target.put("type", "tool_use")
                .put("id", "toolu_" + request.number() + "_" + number)
                .put("name", call.tool());
    }

    private static JsonNode input(ModelReply.ToolCall call) {
        try {
            return JSON.readTree(call.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("arguments must be a JSON object, were " + call.arguments(), e);
        }
    }

    private static void usage(ObjectNode target, ModelRequest request, ModelReply reply) {
        ModelReply.Usage usage = reply.usage(request);
        target.put("input_tokens", usage.promptTokens()).put("output_tokens", usage.answerTokens());
    }

    private static String stopReason(ModelReply reply) {
        return reply.toolCalls().isEmpty() ? "end_turn" : "tool_use";
    }
}
