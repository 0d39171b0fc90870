package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentContext;
import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentTask;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import java.util.List;
import java.util.Map;

/** A kind of node for each agent of a caller. Its tools may only read. */
public final class AgentNodes {
    /** What the id of each type begins with. */
    public static final String PREFIX = "agent.";

    private AgentNodes() {}

    /** All of them. */
    public static List<NodeType> all(Studio studio, Caller caller) {
        return Agents.of(studio).as(caller).configs().list().stream()
                .map(config -> type(studio, config))
                .toList();
    }

    private static NodeType type(Studio studio, AgentConfig config) {
        String id = config.id();
        return NodeType.define(PREFIX + id, 1)
                .title(config.spec().title())
                .category("Agents")
                .description(config.spec().description())
                .inputs(
                        Port.required("question", PortType.TEXT),
                        Port.optional("sources", PortType.ANY),
                        Port.optional("context", PortType.TEXT))
                .outputs(
                        Port.required("text", PortType.TEXT),
                        Port.required("artifacts", PortType.listOf(PortType.TEXT)))
                .work(any -> (inputs, context) -> run(studio, id, inputs, context))
                .build();
    }

    private static Values run(Studio studio, String agent, Values inputs, NodeContext context) {
        List<String> sources = DataNodes.texts(inputs.all().get("sources"));
        AgentTask task = AgentTask.of(agent, inputs.text("question"))
                .within(AgentContext.of(sources).enriched("", "", inputs.text("context", "")));
        AgentReply reply =
                Agents.of(studio).as(context.caller()).run(task, event -> tell(event, context), context.cancellation());
        AgentReply.Usage usage = reply.usage();
        context.emit(new NodeUsage(usage.inputTokens(), usage.outputTokens(), usage.cost()));
        context.spend(
                usage.inputTokens() + usage.outputTokens(),
                usage.cost().map(Number::doubleValue).orElse(0.0));
        return given(reply);
    }

    private static void tell(AgentEvent event, NodeContext context) {
        if (event instanceof AgentEvent.Token token) {
            context.token(token.text());
        }
    }

    private static Values given(AgentReply reply) {
        return switch (reply.status()) {
            case ANSWERED, LIMIT_REACHED -> Values.of(Map.of("text", reply.text(), "artifacts", reply.artifacts()));
            case STOPPED -> throw Cancellation.cancelledError();
            case FAILED, CANNOT_ANSWER ->
                throw reply.problem()
                        .map(problem -> new StudioException(problem.code(), problem.what(), problem.mend()))
                        .orElseGet(() -> new StudioException(
                                ErrorCode.ENTRY_NOT_FOUND,
                                reply.text().isEmpty()
                                        ? "The agent can't answer without a language model"
                                        : reply.text(),
                                "Configure a model on the settings page, or ask about data sets"));
        };
    }
}
