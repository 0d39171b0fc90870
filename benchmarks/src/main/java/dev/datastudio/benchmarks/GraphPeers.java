package dev.datastudio.benchmarks;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import java.util.Map;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphDefinition;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncEdgeAction;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.state.AgentState;

/** The loop of {@link GraphLoop} in other engines. */
final class GraphPeers {
    static final String LANGGRAPH4J = "LangGraph4j";
    static final String AGENTIC = "langchain4j-agentic";

    private static final String COUNT = "count";

    private GraphPeers() {}

    /** The loop in LangGraph4j, with nothing kept. */
    static CompiledGraph<AgentState> langGraph4j(int steps) throws GraphStateException {
        return loop(steps).compile(config(steps).build());
    }

    /** The loop in LangGraph4j, with a memory of its own. */
    static CompiledGraph<AgentState> langGraph4jWithMemory(int steps) throws GraphStateException {
        return loop(steps)
                .compile(config(steps).checkpointSaver(new MemorySaver()).build());
    }

    /** Runs the loop; gives the steps taken. */
    static long run(CompiledGraph<AgentState> loop) {
        return loop.invoke(
                        Map.of(COUNT, 0),
                        RunnableConfig.builder().threadId("thread").build())
                .map(GraphPeers::count)
                .orElseThrow();
    }

    /** The loop in langchain4j-agentic, which keeps nothing. */
    static UntypedAgent agentic(int steps) {
        Object count = AgenticServices.agentAction(scope -> scope.writeState(COUNT, scope.readState(COUNT, 0) + 1));
        return AgenticServices.loopBuilder()
                .subAgents(count, count, count)
                .testExitAtLoopEnd(true)
                .exitCondition(scope -> scope.readState(COUNT, 0) >= steps)
                .maxIterations(steps)
                .output(scope -> scope.readState(COUNT, 0))
                .build();
    }

    /** Runs the loop; gives the steps taken. */
    static long run(UntypedAgent loop) {
        return (Integer) loop.invoke(Map.of(COUNT, 0));
    }

    private static CompileConfig.Builder config(int steps) {
        return CompileConfig.builder().recursionLimit(steps + 10);
    }

    private static StateGraph<AgentState> loop(int steps) throws GraphStateException {
        AsyncNodeAction<AgentState> count = AsyncNodeAction.node_async(state -> Map.of(COUNT, count(state) + 1));
        return new StateGraph<>(AgentState::new)
                .addNode("a", count)
                .addNode("b", count)
                .addNode("c", count)
                .addEdge(GraphDefinition.START, "a")
                .addEdge("a", "b")
                .addEdge("b", "c")
                .addConditionalEdges(
                        "c",
                        AsyncEdgeAction.edge_async(state -> count(state) >= steps ? "end" : "again"),
                        Map.of("end", GraphDefinition.END, "again", "a"));
    }

    private static int count(AgentState state) {
        return state.<Integer>value(COUNT).orElse(0);
    }
}
