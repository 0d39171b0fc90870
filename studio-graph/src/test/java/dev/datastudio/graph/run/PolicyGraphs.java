package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The small graphs that the tests of policies run. */
final class PolicyGraphs {
    record In() {}

    record Out(List<String> words) {}

    static final AppendChannel<String> WORDS = Channel.append("words", String.class);

    private PolicyGraphs() {}

    static GraphBuilder<In, Out> graph(String name) {
        return Graph.define(name, 1).input(In.class).output(Out.class).channels(WORDS);
    }

    static Graph<In, Out> single(NodeFunction function, UnaryOperator<NodeOptions> options) {
        return graph("g")
                .node("a", function, options)
                .edge(START, "a")
                .edge("a", END)
                .build();
    }

    static Graph<In, Out> fanOut(int tasks, NodeFunction function, UnaryOperator<NodeOptions> options) {
        return graph("g")
                .node("each", function, options)
                .fanOut(START, v -> IntStream.range(0, tasks).boxed().toList(), "each")
                .edge("each", END)
                .build();
    }

    /** A node that stands for another graph. */
    static Graph<In, Out> around(Graph<In, Out> inner, UnaryOperator<NodeOptions> options) {
        return graph("outer")
                .subgraph("sub", inner, mapping(), options)
                .edge(START, "sub")
                .edge("sub", END)
                .build();
    }

    static Mapping<In, Out> mapping() {
        return Mapping.of((view, context) -> new In(), out -> Update.of(WORDS.addAll(out.words())));
    }

    static Update word(String word) {
        return Update.of(WORDS.add(word));
    }

    /** Waits for what never comes. */
    static Update block() throws InterruptedException {
        new CountDownLatch(1).await();
        return Update.none();
    }

    static <E extends RunEvent> List<E> events(Run<?> run, Class<E> type) {
        return run.events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
