package dev.datastudio.agents.chat.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.CheckStep;
import dev.datastudio.agents.agent.AgentStep.ModelStep;
import dev.datastudio.agents.agent.AgentStep.PlannerStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.internal.ConversationLog;
import dev.datastudio.agents.chat.ChatContext;
import dev.datastudio.agents.chat.ChatContext.Enriched;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.ChatRequest;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.figure.Figure;
import dev.datastudio.agents.figure.Figure.Place;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The JSON that is kept beside the text of a message: how a question was asked, and the trace of its answer. */
public final class Details {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Details() {}

    /** How a question was asked. */
    public static String question(ChatRequest request) {
        ObjectNode detail =
                JSON.createObjectNode().put("agent", request.agent()).put("model", request.model());
        ChatContext context = request.context();
        ArrayNode sources = detail.putArray("sources");
        context.sources().forEach(sources::add);
        detail.put("documents", context.documents());
        detail.put("issue", context.issue()).put("project", context.project());
        Enriched enriched = context.enriched();
        if (!enriched.equals(Enriched.NOTHING)) {
            detail.putObject("enriched")
                    .put("id", enriched.id())
                    .put("name", enriched.name())
                    .put("type", enriched.type())
                    .put("schema", enriched.schema())
                    .put("metrics", enriched.metrics())
                    .put("dataSample", enriched.dataSample());
        }
        return detail.toString();
    }

    /** A question as it was asked; of one that was kept by others, with the defaults. */
    public static ChatRequest question(String conversation, Message message) {
        JsonNode detail = read(message);
        JsonNode enriched = detail.path("enriched");
        ChatContext context = new ChatContext(
                sources(message),
                documents(message),
                detail.path("issue").asText(),
                detail.path("project").asText(),
                new Enriched(
                        enriched.path("id").asText(),
                        enriched.path("name").asText(),
                        enriched.path("type").asText(),
                        enriched.path("schema").asText(),
                        enriched.path("metrics").asText(),
                        enriched.path("dataSample").asText()));
        return new ChatRequest(
                message.text(),
                conversation,
                detail.path("agent").asText(ChatRequest.AUTO),
                detail.path("model").asText(),
                context);
    }

    /** The sources that a question was about. */
    public static List<String> sources(Message message) {
        List<String> sources = new ArrayList<>();
        read(message).path("sources").forEach(source -> sources.add(source.asText()));
        return sources;
    }

    /** Whether a question was about the documents too. */
    public static boolean documents(Message message) {
        return read(message).path("documents").asBoolean();
    }

    /** The trace of an answer. */
    static String answer(ChatReply reply) {
        ObjectNode detail = JSON.createObjectNode()
                .put("status", reply.status().jsonName())
                .put(
                        "partial",
                        reply.status() == AgentReply.Status.STOPPED
                                && !reply.text().isEmpty());
        detail.set("routing", routing(reply.routing()));
        ArrayNode agents = detail.putArray("agents");
        reply.agents().forEach(each -> agents.add(agent(each)));
        detail.set("figures", figures(reply.figures().figures()));
        detail.put("figures_complete", reply.figures().isComplete());
        detail.putObject("memory")
                .put("messages", reply.memory().messages())
                .put("summarized", reply.memory().summarized())
                .put("left_out", reply.memory().leftOut())
                .put("tokens", reply.memory().tokens());
        ArrayNode artifacts = detail.putArray("artifacts");
        reply.artifacts().forEach(artifacts::add);
        List<AnalysisPlan> computed = computed(reply);
        if (!computed.isEmpty()) {
            detail.set(ConversationLog.PLANS, ConversationLog.write(computed));
        }
        reply.problem().ifPresent(problem -> detail.set("problem", problem(problem)));
        return detail.toString();
    }

    /** The plans of the last agent that answered without a model. */
    private static List<AnalysisPlan> computed(ChatReply reply) {
        return reply.agents().stream()
                .flatMap(agent -> agent.steps().stream())
                .filter(PlannerStep.class::isInstance)
                .map(step -> ((PlannerStep) step).plans())
                .filter(plans -> !plans.isEmpty())
                .reduce(List.of(), (first, second) -> second);
    }

    private static ObjectNode problem(AgentReply.Problem problem) {
        return JSON.createObjectNode()
                .put("code", problem.code().name())
                .put("what", problem.what())
                .put("mend", problem.mend());
    }

    private static ObjectNode routing(Routing routing) {
        ObjectNode node = JSON.createObjectNode()
                .put("by", routing.by().jsonName())
                .put("order", routing.order().jsonName())
                .put("why", routing.why());
        ArrayNode choices = node.putArray("choices");
        routing.choices()
                .forEach(choice ->
                        choices.addObject().put("agent", choice.agent()).put("task", choice.task()));
        return node;
    }

    private static ObjectNode agent(AgentReply reply) {
        ObjectNode node = JSON.createObjectNode()
                .put("agent", reply.agent())
                .put("run", reply.run())
                .put("status", reply.status().jsonName())
                .put("text", reply.text())
                .put("model", reply.model());
        ObjectNode usage = node.putObject("usage")
                .put("calls", reply.usage().calls())
                .put("input_tokens", reply.usage().inputTokens())
                .put("output_tokens", reply.usage().outputTokens());
        reply.usage().cost().ifPresent(cost -> usage.put("cost", cost));
        ArrayNode steps = node.putArray("steps");
        reply.steps().forEach(step -> steps.add(step(step)));
        reply.problem().ifPresent(problem -> node.set("problem", problem(problem)));
        return node;
    }

    private static ObjectNode step(AgentStep step) {
        ObjectNode node = JSON.createObjectNode().put("millis", step.took().toMillis());
        if (step instanceof ModelStep model) {
            ArrayNode calls = node.put("type", "model")
                    .put("number", model.number())
                    .put("model", model.model())
                    .put("text", model.text())
                    .put("input_tokens", model.inputTokens())
                    .put("output_tokens", model.outputTokens())
                    .putArray("calls");
            model.calls().forEach(calls::add);
        } else if (step instanceof ToolStep tool) {
            ArrayNode artifacts = node.put("type", "tool")
                    .put("call", tool.call())
                    .put("tool", tool.tool())
                    .put("arguments", tool.arguments())
                    .put("text", tool.text())
                    .put("error", tool.isError())
                    .putArray("artifacts");
            tool.artifacts().forEach(artifacts::add);
        } else if (step instanceof PlannerStep planner) {
            ArrayNode statements = node.put("type", "planner")
                    .put("reading", planner.reading())
                    .putArray("statements");
            planner.statements().forEach(statements::add);
            ArrayNode artifacts = node.putArray("artifacts");
            planner.artifacts().forEach(artifacts::add);
            node.set("answer", tree(AnswerJson.write(planner.answer())));
        } else if (step instanceof CheckStep check) {
            ArrayNode unsupported =
                    node.put("type", "check").put("figures", check.figures()).putArray("unsupported");
            check.unsupported().forEach(unsupported::add);
        } else {
            throw new AssertionError(step);
        }
        return node;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("answers are written as JSON", e);
        }
    }

    private static ArrayNode figures(List<Figure> figures) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Figure figure : figures) {
            ObjectNode node = nodes.addObject().put("text", figure.text()).put("start", figure.start());
            Figure.Basis basis = figure.basis();
            if (basis instanceof Figure.Stated stated) {
                node.put("basis", "stated").set("places", places(List.of(stated.place())));
            } else if (basis instanceof Figure.Derived derived) {
                node.put("basis", "derived")
                        .put("operation", derived.operation().name().toLowerCase(Locale.ROOT))
                        .set("places", places(derived.operands()));
            } else if (basis instanceof Figure.Asked) {
                node.put("basis", "asked");
            } else if (basis instanceof Figure.Customary) {
                node.put("basis", "customary");
            } else if (basis instanceof Figure.Unsupported) {
                node.put("basis", "unsupported");
            } else {
                throw new AssertionError(basis);
            }
        }
        return nodes;
    }

    private static ArrayNode places(List<Place> places) {
        ArrayNode nodes = JSON.createArrayNode();
        places.forEach(place -> nodes.addObject()
                .put("call", place.call())
                .put("tool", place.tool())
                .put("offset", place.offset())
                .put("excerpt", place.excerpt()));
        return nodes;
    }

    /** A call of a tool in an earlier answer. */
    record EarlierCall(String call, String tool, String arguments, String text) {}

    /** The calls of tools of an answer, in their order. */
    static List<EarlierCall> calls(Message answer) {
        List<EarlierCall> calls = new ArrayList<>();
        for (JsonNode agent : read(answer).path("agents")) {
            for (JsonNode step : agent.path("steps")) {
                if (step.path("type").asText().equals("tool")) {
                    calls.add(new EarlierCall(
                            step.path("call").asText(),
                            step.path("tool").asText(),
                            step.path("arguments").asText(),
                            step.path("text").asText()));
                }
            }
        }
        return calls;
    }

    private static JsonNode read(Message message) {
        try {
            return message.detail().isBlank() ? JSON.createObjectNode() : JSON.readTree(message.detail());
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "Message " + message.number() + " can't be read from the workspace",
                    "Begin another conversation, or restore a backup",
                    e);
        }
    }
}
