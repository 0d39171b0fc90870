package dev.datastudio.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the package documentation, compiled and run. */
class ExampleTest {
    record In(String question) {}

    record Out(List<String> findings) {}

    static final LastChannel<String> QUESTION = Channel.last("question", String.class);
    static final AppendChannel<String> FINDINGS = Channel.append("findings", String.class);

    @Test
    void theExampleOfThePackageRuns() {
        Graph<In, Out> graph = Graph.define("ask", 1)
                .input(In.class)
                .output(Out.class)
                .channels(QUESTION, FINDINGS)
                .node("sql", (view, context) -> Update.of(FINDINGS.add("rows for " + view.get(QUESTION))))
                .node("chart", (view, context) -> Update.of(FINDINGS.add("chart for " + view.get(QUESTION))))
                .node(
                        "check",
                        (view, context) ->
                                Update.of(FINDINGS.add(view.get(FINDINGS).size() + " checked")))
                .edge(Graph.START, "sql")
                .edge(Graph.START, "chart")
                .edge("sql", "check")
                .edge("chart", "check")
                .edge("check", Graph.END)
                .build();

        try (Engine engine = Engine.create()) {
            Out out = engine.run(graph, new In("sales by month"));

            assertEquals(List.of("rows for sales by month", "chart for sales by month", "2 checked"), out.findings());
        }
    }
}
