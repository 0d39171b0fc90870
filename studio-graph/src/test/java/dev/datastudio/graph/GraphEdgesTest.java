package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.graph.GraphEdge.Kind;
import dev.datastudio.graph.channel.Update;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a graph shows of its edges to those who draw it. */
class GraphEdgesTest {
    record Nothing() {}

    @Test
    void tellsEachEdgeWithItsKindAndItsCase() {
        NodeFunction nothing = (view, context) -> Update.none();

        Graph<Nothing, Nothing> graph = Graph.define("edges", 1)
                .input(Nothing.class)
                .output(Nothing.class)
                .node("a", nothing)
                .node("b", nothing)
                .node("c", nothing, options -> options.onError("d"))
                .node("d", nothing)
                .edge(START, "a")
                .edge("d", END)
                .when("a", Route.on(view -> true).then("b").otherwise(END))
                .fanOut("b", view -> List.of(1), "c")
                .when(
                        "c",
                        Route.on(v -> true).then("a").on(v -> false).then(END).otherwise("a"))
                .when("c", Route.by(view -> END).to(END))
                .build();

        assertEquals(
                List.of(
                        new GraphEdge(START, "a", Kind.ALWAYS, ""),
                        new GraphEdge("d", END, Kind.ALWAYS, ""),
                        new GraphEdge("a", "b", Kind.ROUTE, "then"),
                        new GraphEdge("a", END, Kind.ROUTE, "otherwise"),
                        new GraphEdge("b", "c", Kind.FAN_OUT, ""),
                        new GraphEdge("c", "a", Kind.ROUTE, "case 1, otherwise"),
                        new GraphEdge("c", END, Kind.ROUTE, "case 2"),
                        new GraphEdge("c", END, Kind.ROUTE, ""),
                        new GraphEdge("c", "d", Kind.ON_ERROR, "")),
                graph.edges());
    }
}
