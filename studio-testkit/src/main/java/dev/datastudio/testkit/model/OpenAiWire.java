package dev.datastudio.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of the OpenAI chat-completions protocol, as far as a scripted model needs it. */
final class OpenAiWire implements ModelWire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final UsageAt usageAt;

    OpenAiWire(UsageAt usageAt) {
        this.usageAt = usageAt;
    }

    /** Where a stream carries the number of tokens. */
    enum UsageAt {
        /** In a chunk of its own, without a choice. */
        OWN_CHUNK,
        /** In the chunk that says why the answer ends. */
        LAST_CHUNK
    }

    @Override
    public Asked read(JsonNode body) {
        List<ModelMessage> messages = new ArrayList<>();
        body.path("messages")
                .forEach(message ->
                        messages.add(new ModelMessage(message.path("role").asText(), text(message.path("content")))));
        List<String> tools = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> tools.add(tool.path("function").path("name").asText()));
        return new Asked(body.path("model").asText(), body.path("stream").asBoolean(), messages, tools);
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        List<String> parts = new ArrayList<>();
        content.forEach(part -> parts.add(part.path("text").asText()));
        return String.join("\n", parts);
    }

    @Override
    public String key(Map<String, String> headers) {
        String bearer = headers.getOrDefault("authorization", "");
        return bearer.startsWith("Bearer ") ? bearer.substring(7) : headers.getOrDefault("api-key", "");
    }

    @Override
    public String error(ModelReply.Failure failure) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", failure.message())
                .put("type", failure.status() < 500 ? "invalid_request_error" : "server_error");
        return root.toString();
    }

    @Override
    public String whole(ModelRequest request, ModelReply reply) {
        ObjectNode root = start(request, "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", String.join("", reply.pieces()));
        if (!reply.toolCalls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (int i = 0; i < reply.toolCalls().size(); i++) {
                ModelReply.ToolCall call = reply.toolCalls().get(i);
                toolCall(calls.addObject(), id(request, i), call.tool(), call.arguments());
            }
        }
        choice.put("finish_reason", finishReason(reply));
        root.set("usage", usage(request, reply));
        return root.toString();
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public List<String> head(ModelRequest request, ModelReply reply) {
        return List.of();
    }

    @Override
    public List<String> piece(ModelRequest request, String piece) {
        return List.of(event(chunk(request, JSON.createObjectNode().put("content", piece), null)));
    }

    @Override
    public List<String> tail(ModelRequest request, ModelReply reply) {
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < reply.toolCalls().size(); i++) {
            frames.addAll(toolChunks(request, reply.toolCalls().get(i), i));
        }
        ObjectNode last = chunk(request, JSON.createObjectNode(), finishReason(reply));
        if (usageAt == UsageAt.LAST_CHUNK) {
            last.set("usage", usage(request, reply));
            frames.add(event(last));
        } else {
            frames.add(event(last));
            ObjectNode usage = start(request, "chat.completion.chunk");
            usage.putArray("choices");
            usage.set("usage", usage(request, reply));
            frames.add(event(usage));
        }
        frames.add("data: [DONE]\n\n");
        return frames;
    }

    /** The call of a tool as services send it: its name first, then its arguments in pieces; Mistral sends it whole. */
    private List<String> toolChunks(ModelRequest request, ModelReply.ToolCall call, int index) {
        ObjectNode first = JSON.createObjectNode();
        ObjectNode target = first.putArray("tool_calls").addObject().put("index", index);
        if (usageAt == UsageAt.LAST_CHUNK) {
            toolCall(target, id(request, index), call.tool(), call.arguments());
            return List.of(event(chunk(request, first, null)));
        }
        toolCall(target, id(request, index), call.tool(), "");
        List<String> frames = new ArrayList<>(List.of(event(chunk(request, first, null))));
        for (String part : call.argumentPieces()) {
            ObjectNode delta = JSON.createObjectNode();
            delta.putArray("tool_calls")
                    .addObject()
                    .put("index", index)
                    .putObject("function")
                    .put("arguments", part);
            frames.add(event(chunk(request, delta, null)));
        }
        return frames;
    }

    private static String event(ObjectNode data) {
        return "data: " + data + "\n\n";
    }

    private static ObjectNode start(ModelRequest request, String kind) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-" + request.number())
                .put("object", kind)
                .put("created", 0)
                .put("model", request.model());
    }

    private static ObjectNode chunk(ModelRequest request, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode root = start(request, "chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return root;
    }

    private static void toolCall(ObjectNode target, String id, String tool, String arguments) {
        target.put("id", id).put("type", "function");
        target.putObject("function").put("name", tool).put("arguments", arguments);
    }

    private static String id(ModelRequest request, int index) {
        return "call-" + request.number() + "-" + index;
    }

    private static ObjectNode usage(ModelRequest request, ModelReply reply) {
        ModelReply.Usage usage = reply.usage(request);
        return JSON.createObjectNode()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.answerTokens())
                .put("total_tokens", usage.promptTokens() + usage.answerTokens());
    }

    private static String finishReason(ModelReply reply) {
        return reply.toolCalls().isEmpty() ? "stop" : "tool_calls";
    }
}
