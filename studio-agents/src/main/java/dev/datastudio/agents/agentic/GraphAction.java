package dev.datastudio.agents.agentic;

import dev.datastudio.agents.agentic.internal.GraphAgent;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import dev.langchain4j.agentic.scope.AgenticScope;
import java.util.Objects;
import java.util.function.Function;

/**
 * A graph as an agent of LangChain4j's agentic workflows: sequences, loops, parallel and conditional workflows, planners
 * and supervisors.
 *
 * <pre>{@code
 * Object analyst = GraphAction.of(engine, graph, scope -> RunOptions.builder().caller(signedIn).build())
 *         .description("Answers a question about the sales data")
 *         .agent();
 * AgenticServices.sequenceBuilder().subAgents(analyst, writer).outputKey("report").build();
 * }</pre>
 *
 * <p>Each component of the graph's input is read from the agentic scope under its name, and made fit when it comes as
 * text, number or map, as a supervisor's arguments do. Each component of the output is written to the scope under its
 * name, and the whole output is the agent's result, which a supervisor reads as text. A supervisor is told the name, the
 * description and the components of the input with their types.
 *
 * <p>The graph runs on the thread that calls the agent. A failure ends the workflow with LangChain4j's {@code
 * AgentInvocationException}, whose message is that of the run's {@link StudioException}, which is its cause; nested
 * workflows wrap it again. A workflow's error handler sees it and may have the graph run again.
 *
 * <p>Immutable: each method gives a changed action. An agent belongs to one workflow, so call {@link #agent()} for each.
 *
 * @param <I> input of the graph
 * @param <O> output of the graph
 */
public final class GraphAction<I, O> {
    private final Engine engine;
    private final Graph<I, O> graph;
    private final Function<? super AgenticScope, RunOptions> options;
    private final String name;
    private final String description;

    private GraphAction(
            Engine engine,
            Graph<I, O> graph,
            Function<? super AgenticScope, RunOptions> options,
            String name,
            String description) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.graph = Objects.requireNonNull(graph, "graph");
        this.options = Objects.requireNonNull(options, "options");
        this.name = Objects.requireNonNull(name, "name");
        this.description = Objects.requireNonNull(description, "description");
    }

    /**
     * An action of the graph's name and without a description.
     *
     * @param engine runs the graph; stays open
     * @param options called before each run, on the thread that calls the agent; says on whose behalf the run happens.
     *     Take the caller from the host program and not from the scope's state, which a model may write; inside an
     *     {@link AgenticNode}, give {@code scope -> AgenticNode.runOptions()}
     */
    public static <I, O> GraphAction<I, O> of(
            Engine engine, Graph<I, O> graph, Function<? super AgenticScope, RunOptions> options) {
        return new GraphAction<>(engine, graph, options, graph.name(), "");
    }

    /** As this, but named otherwise in the workflow. */
    public GraphAction<I, O> name(String value) {
        return new GraphAction<>(engine, graph, options, value, description);
    }

    /** As this, but with a description, by which a supervisor decides. */
    public GraphAction<I, O> description(String value) {
        return new GraphAction<>(engine, graph, options, name, value);
    }

    /**
     * What a workflow's {@code subAgents} takes.
     *
     * @throws StudioException with code DEPENDENCY_MISSING if langchain4j-agentic is not on the class path
     */
    public Object agent() {
        try {
            return GraphAgent.executor(name, description, graph, this::run);
        } catch (NoClassDefFoundError e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "Graph '" + graph.name() + "' can't become an agent, as LangChain4j's agentic module is missing",
                    "Add dev.langchain4j:langchain4j-agentic:1.16.1-beta26 and dev.langchain4j:langchain4j:1.18.1 to"
                            + " the class path",
                    e);
        }
    }

    private O run(AgenticScope scope, I input) {
        return engine.run(graph, input, options.apply(scope));
    }
}
