package dev.datastudio.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the OpenAI chat-completions protocol, as far as a scripted model needs it. */
final class ChatCompletions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatCompletions() {}

    static ModelRequest request(int number, byte[] body) throws IOException {
        JsonNode root = JSON.readTree(body);
        List<ModelMessage> messages = new ArrayList<>();
        root.path("messages")
                .forEach(message ->
                        messages.add(new ModelMessage(message.path("role").asText(), text(message.path("content")))));
        List<String> tools = new ArrayList<>();
        root.path("tools")
                .forEach(tool -> tools.add(tool.path("function").path("name").asText()));
        return new ModelRequest(
                number,
                root.path("model").asText(),
                root.path("stream").asBoolean(),
                messages,
                tools,
                JSON.writeValueAsString(root));
    }

    static String error(ModelReply.Failure failure) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", failure.message())
                .put("type", failure.status() < 500 ? "invalid_request_error" : "server_error");
        return root.toString();
    }

    static String completion(ModelRequest request, ModelReply reply) {
        ObjectNode root = head(request, "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", String.join("", reply.pieces()));
        if (!reply.toolCalls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (int i = 0; i < reply.toolCalls().size(); i++) {
                toolCall(calls.addObject(), request, reply, i);
            }
        }
        choice.put("finish_reason", finishReason(reply));
        root.set("usage", usage(request, reply));
        return root.toString();
    }

    /** The chunk that carries one piece of text. */
    static String textChunk(ModelRequest request, String piece) {
        return chunk(request, JSON.createObjectNode().put("content", piece), null);
    }

    /** The chunk that carries one whole call of a tool. */
    static String toolChunk(ModelRequest request, ModelReply reply, int call) {
        ObjectNode delta = JSON.createObjectNode();
        toolCall(delta.putArray("tool_calls").addObject().put("index", call), request, reply, call);
        return chunk(request, delta, null);
    }

    /** The chunk that says why the answer ends. */
    static String lastChunk(ModelRequest request, ModelReply reply) {
        return chunk(request, JSON.createObjectNode(), finishReason(reply));
    }

    /** The chunk without a choice that carries the usage. */
    static String usageChunk(ModelRequest request, ModelReply reply) {
        ObjectNode root = head(request, "chat.completion.chunk");
        root.putArray("choices");
        root.set("usage", usage(request, reply));
        return root.toString();
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        List<String> parts = new ArrayList<>();
        content.forEach(part -> parts.add(part.path("text").asText()));
        return String.join("\n", parts);
    }

    private static ObjectNode head(ModelRequest request, String kind) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-" + request.number())
                .put("object", kind)
                .put("created", 0)
                .put("model", request.model());
    }

    private static String chunk(ModelRequest request, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode root = head(request, "chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return root.toString();
    }

    private static void toolCall(ObjectNode target, ModelRequest request, ModelReply reply, int index) {
        ModelReply.ToolCall call = reply.toolCalls().get(index);
        target.put("id", "call-" + request.number() + "-" + index).put("type", "function");
        target.putObject("function").put("name", call.tool()).put("arguments", call.arguments());
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
