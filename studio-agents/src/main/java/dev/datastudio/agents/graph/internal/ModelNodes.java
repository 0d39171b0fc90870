package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.internal.Prices;
import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.agents.thought.ModelThoughts;
import dev.datastudio.agents.thought.Thought;
import dev.datastudio.agents.thought.ThoughtOptions;
import dev.datastudio.agents.thought.ThoughtProblem;
import dev.datastudio.agents.thought.ThoughtTree;
import dev.datastudio.agents.thought.TreeOfThought;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Nodes that ask a language model. */
public final class ModelNodes {
    private static final String MODEL = """
            "model":{"type":"string","maxLength":200,"format":"model-name",
              "description":"name of a model configuration; empty for the active one"}""";

    private ModelNodes() {}

    /** All of them. */
    public static List<NodeType> all(Studio studio) {
        return List.of(chat(studio), tree(studio));
    }

    private static NodeType chat(Studio studio) {
        return NodeType.define("chat.model", 1)
                .title("Chat model")
                .category("Models")
                .description("Asks a language model; its answer is shown as it is written.")
                .config("""
                        {"type":"object","additionalProperties":false,"properties":{
                          %s,
                          "temperature":{"type":"number","minimum":0,"maximum":2,
                            "description":"0 for always the likeliest answer; without it, that of the configuration"},
                          "system":{"type":"string","maxLength":100000,"format":"multiline",
                            "description":"what the model is told about its task"},
                          "maxTokens":{"type":"integer","minimum":1,"maximum":200000,
                            "description":"how many tokens the answer may have"}}}
                        """.formatted(MODEL))
                .inputs(Port.required("prompt", PortType.TEXT), Port.optional("system", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT), Port.required("tokens", PortType.NUMBER))
                .work(config -> (inputs, context) -> chat(studio, config, inputs, context))
                .build();
    }

    private static Values chat(Studio studio, Values config, Values inputs, NodeContext context) throws Exception {
        Models models = models(studio, context);
        ModelConfig model = model(models, config);
        ChatRequest request = request(config, inputs);
        ChatResponse response =
                StreamedAnswer.ask(models.createStreaming(model), request, context.cancellation(), context::token);
        NodeUsage usage = used(model, request, response);
        context.emit(usage);
        context.spend(usage.tokens(), usage.cost().map(Number::doubleValue).orElse(0.0));
        String text = Optional.ofNullable(response.aiMessage().text()).orElse("");
        if (text.isBlank()) {
            throw new StudioException(
                    ErrorCode.MODEL_ANSWER_INVALID,
                    "The model " + StudioException.quote(model.name()) + " gave no answer",
                    "Ask in other words, allow more tokens, or use another model");
        }
        return Values.of(Map.of("text", text, "tokens", usage.tokens()));
    }

    private static Models models(Studio studio, NodeContext context) {
        return Models.of(studio)
                .as(context.caller())
                .in(ModelUse.NONE.inRun(context.run().toString()).stoppedBy(context.cancellation()));
    }

    private static ModelConfig model(Models models, Values config) {
        String name = config.text("model", "");
        try {
            return models.config(name);
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_NOT_FOUND) {
                throw e;
            }
            throw new StudioException(
                    e.code(),
                    name.isEmpty()
                            ? "No language model is configured"
                            : "There is no model configuration " + StudioException.quote(name),
                    "Add a model under Settings, Models, then run the node again",
                    e);
        }
    }

    private static ChatRequest request(Values config, Values inputs) {
        List<ChatMessage> messages = new ArrayList<>();
        String system = inputs.text("system", config.text("system", ""));
        if (!system.isBlank()) {
            messages.add(SystemMessage.from(system));
        }
        String prompt = inputs.text("prompt");
        if (prompt.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The prompt is blank", "Give the model something to answer");
        }
        messages.add(UserMessage.from(prompt));
        ChatRequest.Builder request = ChatRequest.builder().messages(messages);
        if (config.has("temperature")) {
            request.temperature(config.number("temperature"));
        }
        if (config.has("maxTokens")) {
            request.maxOutputTokens((int) config.number("maxTokens"));
        }
        return request.build();
    }

    /** What was used, by the service or, where it does not say, estimated; then the cost is not known. */
    private static NodeUsage used(ModelConfig model, ChatRequest request, ChatResponse response) {
        TokenUsage usage = response.tokenUsage();
        if (usage != null && usage.inputTokenCount() != null && usage.outputTokenCount() != null) {
            int input = usage.inputTokenCount();
            int output = usage.outputTokenCount();
            return new NodeUsage(input, output, Prices.cost(model.spec(), input, output));
        }
        int asked = 0;
        for (ChatMessage message : request.messages()) {
            asked += TokenEstimate.of(
                    message instanceof UserMessage user ? user.singleText() : ((SystemMessage) message).text());
        }
        String text = response.aiMessage().text();
        return new NodeUsage(asked, text == null ? 0 : TokenEstimate.of(text), Optional.empty());
    }

    private static NodeType tree(Studio studio) {
        return NodeType.define("thought.tree", 1)
                .title("Tree of thought")
                .category("Models")
                .description("Searches for a solution: proposes several thoughts, scores each, keeps the best and goes"
                        + " on from them until one is good enough.")
                .config("""
                        {"type":"object","additionalProperties":false,"properties":{
                          %s,
                          "task":{"type":"string","maxLength":20000,"format":"multiline",
                            "description":"the rules, and what makes a thought good or wrong"},
                          "thoughts":{"type":"integer","minimum":1,"maximum":10,"default":3,
                            "description":"how many next thoughts are proposed for each kept one"},
                          "keep":{"type":"integer","minimum":1,"maximum":10,"default":2,
                            "description":"how many thoughts are kept at each depth"},
                          "depth":{"type":"integer","minimum":1,"maximum":10,"default":3,
                            "description":"how many thoughts lead to a solution at most"},
                          "stopScore":{"type":"number","exclusiveMinimum":0,"maximum":2,"default":1,
                            "description":"the search ends at a thought of this score; above 1 for never"}}}
                        """.formatted(MODEL))
                .inputs(Port.required("problem", PortType.TEXT))
                .outputs(
                        Port.required("text", PortType.TEXT),
                        Port.required("thoughts", PortType.listOf(PortType.TEXT)),
                        Port.required("outline", PortType.TEXT),
                        Port.required("tree", PortType.listOf(PortType.ANY)),
                        Port.required("stop", PortType.TEXT))
                .work(config -> (inputs, context) -> think(studio, config, inputs, context))
                .build();
    }

    private static Values think(Studio studio, Values config, Values inputs, NodeContext context) {
        Models models = models(studio, context);
        ModelThoughts thoughts =
                ModelThoughts.of(models.create(model(models, config))).task(config.text("task", ""));
        ThoughtOptions options = ThoughtOptions.defaults()
                .thoughtsPerState(number(config, "thoughts", ThoughtOptions.DEFAULT_THOUGHTS_PER_STATE))
                .beamWidth(number(config, "keep", ThoughtOptions.DEFAULT_BEAM_WIDTH))
                .depth(number(config, "depth", ThoughtOptions.DEFAULT_DEPTH))
                .stopScore(config.has("stopScore") ? config.number("stopScore") : ThoughtOptions.DEFAULT_STOP_SCORE);
        RunOptions run = RunOptions.builder()
                .caller(context.caller())
                .cancellation(context.cancellation())
                .build();
        try (Engine engine = StudioEngines.of(studio).engine().build()) {
            ThoughtTree found = engine.run(
                    TreeOfThought.of(thoughts.proposer(), thoughts.scorer())
                            .options(options)
                            .graph(),
                    new ThoughtProblem(inputs.text("problem")),
                    run);
            return found(found);
        }
    }

    private static int number(Values config, String name, int otherwise) {
        return config.has(name) ? (int) config.number(name) : otherwise;
    }

    private static Values found(ThoughtTree found) {
        List<String> best = found.best().stream().map(Thought::text).toList();
        List<Object> tree = new ArrayList<>();
        for (Thought each : found.tree()) {
            tree.add(Map.of(
                    "id", each.id(),
                    "parent", each.parent(),
                    "text", each.text(),
                    "score", each.score(),
                    "refused", each.refused(),
                    "kept", each.kept(),
                    "reason", each.reason()));
        }
        return Values.of(Map.of(
                "text",
                best.isEmpty() ? "No thought was found that is not wrong." : String.join("\n", best),
                "thoughts",
                best,
                "outline",
                found.outline(),
                "tree",
                tree,
                "stop",
                found.stop().name().toLowerCase(Locale.ROOT)));
    }
}
