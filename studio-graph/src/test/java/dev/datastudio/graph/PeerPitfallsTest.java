package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other graph engines are known to get wrong; each test is named after what is right. */
@Timeout(60)
class PeerPitfallsTest {
    record In() {}

    record Out(List<String> words) {}

    /** Neither serialisable nor comparable. */
    record Opaque(Object value) {}

    record OpaqueIn(Opaque opaque) {}

    record OpaqueOut(Opaque opaque, List<Opaque> opaques) {}

    static final AppendChannel<String> WORDS = Channel.append("words", String.class);
    static final LastChannel<Opaque> OPAQUE = Channel.last("opaque", Opaque.class);
    static final AppendChannel<Opaque> OPAQUES = Channel.append("opaques", Opaque.class);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static GraphBuilder<In, Out> graph(String... nodes) {
        GraphBuilder<In, Out> builder =
                Graph.define("g", 1).input(In.class).output(Out.class).channels(WORDS);
        for (String node : nodes) {
            builder.node(node, (view, context) -> Update.of(WORDS.add(node)));
        }
        return builder;
    }

    List<String> words(GraphBuilder<In, Out> builder) {
        return engine.run(builder.build(), new In()).words();
    }

    @Nested
    class StateOfARun {
        @Test
        void stateNeedsNoJavaSerialisation() {
            Opaque given = new Opaque(new Object());
            Graph<OpaqueIn, OpaqueOut> graph = Graph.define("g", 1)
                    .input(OpaqueIn.class)
                    .output(OpaqueOut.class)
                    .channels(OPAQUE, OPAQUES)
                    .node("a", (view, context) -> Update.of(OPAQUES.add(view.get(OPAQUE))))
                    .node("b", (view, context) -> Update.of(OPAQUES.add(view.get(OPAQUE))))
                    .edge(START, "a")
                    .edge("a", "b")
                    .edge("b", END)
                    .build();

            OpaqueOut out = engine.run(graph, new OpaqueIn(given));

            assertEquals(List.of(given, given), out.opaques());
        }

        @Test
        void recordsStayTheSameObjectsAndNeverDecayToMaps() {
            Opaque given = new Opaque("x");
            Graph<OpaqueIn, OpaqueOut> graph = Graph.define("g", 1)
                    .input(OpaqueIn.class)
                    .output(OpaqueOut.class)
                    .channels(OPAQUE, OPAQUES)
                    .node("each", (view, context) -> Update.of(OPAQUES.add(context.input(Opaque.class))))
                    .fanOut(START, v -> List.of(v.get(OPAQUE), v.get(OPAQUE)), "each")
                    .edge("each", END)
                    .build();

            OpaqueOut out = engine.run(graph, new OpaqueIn(given));

            assertSame(given, out.opaque());
            assertSame(given, out.opaques().get(1));
        }

        @Test
        void appendKeepsElementsWhoseHashesCollide() {
            assertEquals("Aa".hashCode(), "BB".hashCode());
            GraphBuilder<In, Out> graph = graph("Aa", "BB", "ok", "ok2")
                    .node("again", (view, context) -> Update.of(WORDS.addAll(List.of("ok", "Aa"))))
                    .edge(START, "Aa")
                    .edge("Aa", "BB")
                    .edge("BB", "ok")
                    .edge("ok", "again")
                    .edge("again", "ok2")
                    .edge("ok2", END);

            assertEquals(List.of("Aa", "BB", "ok", "ok", "Aa", "ok2"), words(graph));
        }
    }

    @Nested
    class Forks {
        @Test
        void forkedBranchesRunInParallelWithoutAnExecutorOfTheirOwn() {
            CyclicBarrier barrier = new CyclicBarrier(3);
            GraphBuilder<In, Out> graph = graph("join");
            for (String node : List.of("a", "b", "c")) {
                graph.node(node, (view, context) -> {
                            barrier.await();
                            return Update.of(WORDS.add(node));
                        })
                        .edge(START, node)
                        .edge(node, "join");
            }

            assertEquals(
                    List.of("a", "b", "c", "join"),
                    words(graph.edge("join", END)).stream().sorted().toList());
        }

        @Test
        void twoNodesOfAForkBothKeepTheirResults() {
            GraphBuilder<In, Out> graph = graph("a", "b", "join")
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge("a", "join")
                    .edge("b", "join")
                    .edge("join", END);

            for (int i = 0; i < 200; i++) {
                assertEquals(List.of("a", "b", "join"), words(graph));
            }
        }

        @Test
        void divergentConditionalForksAreAllTaken() {
            GraphBuilder<In, Out> graph = graph("a", "b", "x", "y")
                    .edge(START, "a")
                    .edge(START, "b")
                    .when("a", Route.on(v -> true).then("x").otherwise("y"))
                    .when("b", Route.on(v -> true).then("y").otherwise("x"))
                    .edge("x", END)
                    .edge("y", END);

            for (int i = 0; i < 200; i++) {
                assertEquals(List.of("a", "b", "x", "y"), words(graph));
            }
        }

        @Test
        void branchesMayHaveSeveralNodesConditionsAndForksOfTheirOwn() {
            GraphBuilder<In, Out> graph = graph("a1", "a2", "b1", "b2", "b3", "join")
                    .edge(START, "a1")
                    .edge(START, "b1")
                    .when("a1", Route.on(v -> true).then("a2").otherwise("join"))
                    .edge("b1", "b2")
                    .edge("b1", "b3")
                    .edge("a2", "join")
                    .edge("b2", "join")
                    .edge("b3", "join")
                    .edge("join", END);

            assertEquals(List.of("a1", "b1", "a2", "b2", "b3", "join"), words(graph));
        }

        @Test
        void aSubgraphMayLeadToParallelBranches() {
            Graph<In, Out> inner =
                    graph("inner").edge(START, "inner").edge("inner", END).build();
            GraphBuilder<In, Out> graph = graph("a", "b", "join")
                    .subgraph("sub", inner, Mapping.shared())
                    .edge(START, "sub")
                    .edge("sub", "a")
                    .edge("sub", "b")
                    .edge("a", "join")
                    .edge("b", "join")
                    .edge("join", END);

            assertEquals(List.of("inner", "a", "b", "join"), words(graph));
        }
    }

    @Nested
    class FanOuts {
        @Test
        void maxConcurrencyOfOneLosesNoFanOutTask() {
            List<String> done = new ArrayList<>();
            Graph<In, Out> graph = graph().node("each", (view, context) -> {
                        done.add("each" + context.task());
                        return Update.of(WORDS.add("each" + context.task()));
                    })
                    .fanOut(START, v -> IntStream.range(0, 6).boxed().toList(), "each")
                    .edge("each", END)
                    .build();
            List<String> six = IntStream.range(0, 6).mapToObj(i -> "each" + i).toList();
            try (Engine narrow = Engine.builder().maxConcurrency(1).build()) {
                assertEquals(six, narrow.run(graph, new In()).words());
                assertEquals(six, done);
            }
        }

        @Test
        void theNumberOfBranchesIsDecidedWhenTheGraphRuns() {
            GraphBuilder<In, Out> graph = graph("a", "join")
                    .node("each", (view, context) -> Update.of(WORDS.add(context.input(String.class) + "!")))
                    .edge(START, "a")
                    .fanOut("a", v -> List.of(v.get(WORDS).get(0), "b", "c"), "each")
                    .edge("each", "join")
                    .edge("join", END);

            assertEquals(List.of("a", "a!", "b!", "c!", "join"), words(graph));
        }
    }
}
