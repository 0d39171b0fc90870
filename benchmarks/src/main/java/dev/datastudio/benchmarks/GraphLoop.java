package dev.datastudio.benchmarks;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;

/** A loop of three nodes, each of which counts one up; the third decides whether it goes round again. */
final class GraphLoop {
    private static final LastChannel<Integer> COUNT = Channel.last("count", Integer.class);

    private GraphLoop() {}

    record In(int count) {}

    record Out(int count) {}

    /** The loop that ends at the first multiple of three that is not below {@code steps}. */
    static Graph<In, Out> of(int steps) {
        NodeFunction count = (view, context) -> Update.of(COUNT.set(view.get(COUNT) + 1));
        return Graph.define("loop", 1)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT)
                .node("a", count)
                .node("b", count)
                .node("c", count)
                .edge(Graph.START, "a")
                .edge("a", "b")
                .edge("b", "c")
                .when(
                        "c",
                        Route.on(view -> view.get(COUNT) >= steps)
                                .then(Graph.END)
                                .otherwise("a"))
                .maxSteps(steps + 2)
                .build();
    }
}
