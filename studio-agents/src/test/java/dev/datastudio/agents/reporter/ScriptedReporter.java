package dev.datastudio.agents.reporter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model server that answers each step of the reporter as a test says, over real HTTP. */
final class ScriptedReporter implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How the prompt of each step begins. */
    private static final Map<String, String> PROMPTS = Map.ofEntries(
            Map.entry("screen", "You stand before a database"),
            Map.entry("summarise", "You shorten a conversation"),
            Map.entry("decide", "You decide what a message in a conversation"),
            Map.entry("converse", "You answer a message from a conversation"),
            Map.entry("rerank", "You choose the tables"),
            Map.entry("refine", "A search found no table"),
            Map.entry("write", "You write one SQL statement"),
            Map.entry("repair", "You mend a SQL statement"),
            Map.entry("rethink", "A SQL statement ran and found no rows"),
            Map.entry("form", "You decide in which form"),
            Map.entry("chart", "You choose the chart"),
            Map.entry("word", "You say in words"));

    private final ScriptedModelServer server = ScriptedModelServer.start();

    ScriptedModelServer server() {
        return server;
    }

    /** A client of the server. */
    OpenAiChatModel model() {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("k")
                .modelName("scripted")
                .maxRetries(0)
                .build();
    }

    /** Answers a step with JSON, the next time only; answers given before come first. */
    ScriptedReporter once(String step, Object answer) {
        return once(step, ModelReply.text(json(answer)));
    }

    ScriptedReporter once(String step, ModelReply reply) {
        AtomicBoolean used = new AtomicBoolean();
        server.when(request -> isOf(request, step) && used.compareAndSet(false, true))
                .reply(reply);
        return this;
    }

    /** Answers a step with JSON, each time. */
    ScriptedReporter always(String step, Object answer) {
        server.when(request -> isOf(request, step)).reply(ModelReply.text(json(answer)));
        return this;
    }

    /** A question about the data whose statement is this, shown as a table. */
    ScriptedReporter question(List<String> tables, String sql) {
        always("screen", Map.of("about", "data", "reply", ""));
        always("rerank", Map.of("tables", tables, "why", "they hold it"));
        once("write", statement(sql));
        always("word", Map.of("text", "Here it is."));
        return this;
    }

    static Map<String, String> statement(String sql) {
        return Map.of("sql", sql, "description", "What was asked.", "problem", "");
    }

    static Map<String, String> noStatement(String problem) {
        return Map.of("sql", "", "description", "", "problem", problem);
    }

    static Map<String, Object> chart(String kind, String x, String y) {
        return Map.of("kind", kind, "x", x, "y", y.isEmpty() ? List.of() : List.of(y), "series", "", "title", "");
    }

    static Map<String, String> form(String form) {
        return Map.of("form", form, "why", "it fits");
    }

    private static String json(Object answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static boolean isOf(ModelRequest request, String step) {
        return request.messages().get(0).text().startsWith(PROMPTS.getOrDefault(step, step));
    }

    /** The steps that were asked, in order. */
    List<String> asked() {
        List<String> steps = new ArrayList<>();
        for (ModelRequest request : server.requests()) {
            PROMPTS.keySet().stream().filter(step -> isOf(request, step)).forEach(steps::add);
        }
        return steps;
    }

    /** What the model was told of a step, the last time. */
    String told(String step) {
        return server.requests().stream()
                .filter(request -> isOf(request, step))
                .reduce((first, second) -> second)
                .map(ModelRequest::lastText)
                .orElse("");
    }

    @Override
    public void close() {
        server.close();
    }
}
