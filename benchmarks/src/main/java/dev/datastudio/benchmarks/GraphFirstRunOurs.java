package dev.datastudio.benchmarks;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;

/** A program that builds a graph of three nodes and runs it once. Started as its own process. */
final class GraphFirstRunOurs {
    private GraphFirstRunOurs() {}

    record In(String text) {}

    record Out(String text) {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        LastChannel<String> text = Channel.last("text", String.class);
        Graph<In, Out> graph = Graph.define("first", 1)
                .input(In.class)
                .output(Out.class)
                .channels(text)
                .node("a", (view, context) -> Update.of(text.set(view.get(text).concat("a"))))
                .node("b", (view, context) -> Update.of(text.set(view.get(text).concat("b"))))
                .node("c", (view, context) -> Update.of(text.set(view.get(text).concat("c"))))
                .edge(Graph.START, "a")
                .edge("a", "b")
                .edge("b", "c")
                .edge("c", Graph.END)
                .build();
        try (Engine engine = Engine.create()) {
            String result = engine.run(graph, new In("x")).text();
            double millis = (System.nanoTime() - start) / 1e6;
            System.out.println("result=" + result);
            System.out.println("millis=" + millis);
        }
    }
}
