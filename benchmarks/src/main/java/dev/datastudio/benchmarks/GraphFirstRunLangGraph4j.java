package dev.datastudio.benchmarks;

import java.util.Map;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphDefinition;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.state.AgentState;

/** The program of {@link GraphFirstRunOurs} in LangGraph4j. Started as its own process. */
final class GraphFirstRunLangGraph4j {
    private GraphFirstRunLangGraph4j() {}

    public static void main(String[] args) throws GraphStateException {
        long start = System.nanoTime();
        CompiledGraph<AgentState> graph = new StateGraph<>(AgentState::new)
                .addNode(
                        "a",
                        AsyncNodeAction.node_async(
                                state -> Map.of("text", text(state).concat("a"))))
                .addNode(
                        "b",
                        AsyncNodeAction.node_async(
                                state -> Map.of("text", text(state).concat("b"))))
                .addNode(
                        "c",
                        AsyncNodeAction.node_async(
                                state -> Map.of("text", text(state).concat("c"))))
                .addEdge(GraphDefinition.START, "a")
                .addEdge("a", "b")
                .addEdge("b", "c")
                .addEdge("c", GraphDefinition.END)
                .compile();
        String result = graph.invoke(Map.of("text", "x"))
                .map(GraphFirstRunLangGraph4j::text)
                .orElseThrow();
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.println("result=" + result);
        System.out.println("millis=" + millis);
    }

    private static String text(AgentState state) {
        return state.<String>value("text").orElse("");
    }
}
