package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ErrorRouteTest {
    record In(int count) {}

    record Out(List<String> path) {}

    static final Channel<Integer> COUNT = Channel.last("count", Integer.class);
    static final AppendChannel<String> PATH = Channel.append("path", String.class);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static Update named(NodeContext context) {
        return Update.of(PATH.add(context.node() + context.superStep()));
    }

    static GraphBuilder<In, Out> graph(String... nodes) {
        GraphBuilder<In, Out> builder =
                Graph.define("errors", 1).input(In.class).output(Out.class).channels(COUNT, PATH);
        for (String node : nodes) {
            builder.node(node, (view, context) -> named(context));
        }
        return builder;
    }

    static NodeFunction failing() {
        return (view, context) -> {
            throw new IllegalStateException("task " + context.task());
        };
    }

    static Update mended(NodeContext context) {
        NodeFailure failure = context.input(NodeFailure.class);
        return Update.of(PATH.add("mend " + failure.node() + failure.task() + " " + failure.code()));
    }

    List<String> path(GraphBuilder<In, Out> builder, int count) {
        return engine.run(builder.build(), new In(count)).path();
    }

    @Nested
    class OnError {
        GraphBuilder<In, Out> mapped() {
            return graph("after")
                    .node(
                            "each",
                            (view, context) -> {
                                if (context.input(Integer.class) % 2 == 1) {
                                    throw new IllegalStateException("odd");
                                }
                                return Update.of(PATH.add("each" + context.task()));
                            },
                            n -> n.onError("mend"))
                    .node("mend", (view, context) -> mended(context))
                    .fanOut(
                            START,
                            v -> IntStream.range(1, 1 + v.get(COUNT)).boxed().toList(),
                            "each")
                    .edge("each", "after")
                    .edge("mend", END)
                    .edge("after", END);
        }

        @Test
        void theErrorNodeTakesOverInsteadOfTheNodesOwnWaysOn() {
            GraphBuilder<In, Out> graph = graph("own", "other", "after")
                    .node("bad", failing(), n -> n.onError("mend"))
                    .node("mend", (view, context) -> mended(context))
                    .edge(START, "bad")
                    .edge(START, "other")
                    .edge("bad", "own")
                    .edge("own", END)
                    .edge("other", END)
                    .edge("mend", "after")
                    .edge("after", END);

            assertEquals(List.of("other1", "mend bad0 NODE_FAILED", "after3"), path(graph, 0));
        }

        @Test
        void eachFailedTaskOfAFanOutGetsAnErrorTaskAndTheOthersGoOn() {
            assertEquals(
                    List.of("each1", "each3", "after2", "mend each0 NODE_FAILED", "mend each2 NODE_FAILED"),
                    path(mapped(), 4));
        }

        @Test
        void whenAllTasksFailedTheNodesOwnWaysOnAreNotTaken() {
            assertEquals(List.of("mend each0 NODE_FAILED"), path(mapped(), 1));
        }

        @Test
        void aJoinWaitsForTheMendedBranch() {
            GraphBuilder<In, Out> graph = graph("good", "fixed", "join")
                    .node("bad", failing(), n -> n.onError("mend"))
                    .node("mend", (view, context) -> mended(context))
                    .edge(START, "bad")
                    .edge(START, "good")
                    .edge("good", "join")
                    .edge("bad", "join")
                    .edge("mend", "fixed")
                    .edge("fixed", "join")
                    .edge("join", END);

            assertEquals(List.of("good1", "mend bad0 NODE_FAILED", "fixed3", "join4"), path(graph, 0));
        }

        @Test
        void aFailedTaskIsNoArrivalAtAQuorum() {
            GraphBuilder<In, Out> graph = graph("slow1", "slow2", "good")
                    .node("bad", failing(), n -> n.onError("mend"))
                    .node("mend", (view, context) -> mended(context))
                    .node("join", (view, context) -> named(context), n -> n.join(Join.quorum(2)))
                    .edge(START, "bad")
                    .edge(START, "good")
                    .edge(START, "slow1")
                    .edge("slow1", "slow2")
                    .edge("bad", "join")
                    .edge("good", "join")
                    .edge("slow2", "join")
                    .edge("mend", END)
                    .edge("join", END);

            assertEquals(List.of("slow11", "good1", "slow22", "mend bad0 NODE_FAILED", "join3"), path(graph, 0));
        }

        @Test
        void theErrorNodeMayLeadBackToTheNodeThatFailed() {
            GraphBuilder<In, Out> graph = graph().node(
                            "bad",
                            (view, context) -> {
                                if (view.get(PATH).isEmpty()) {
                                    throw new IllegalStateException("first");
                                }
                                return named(context);
                            },
                            n -> n.onError("mend"))
                    .node("mend", (view, context) -> mended(context))
                    .edge(START, "bad")
                    .edge("mend", "bad")
                    .edge("bad", END);

            assertEquals(List.of("mend bad0 NODE_FAILED", "bad3"), path(graph, 0));
        }

        @Test
        void aFailureOfTheErrorNodeEndsTheRunAndEventsNameBoth() {
            GraphBuilder<In, Out> graph = graph().node("bad", failing(), n -> n.onError("mend"))
                    .node("mend", failing())
                    .edge(START, "bad")
                    .edge("bad", END)
                    .edge("mend", END);
            Run<Out> run = engine.start(graph.build(), new In(0));

            NodeException error = assertThrows(NodeException.class, run::await);

            assertEquals("mend", error.node());
            assertEquals(
                    List.of("bad", "mend"),
                    run.events().stream()
                            .filter(RunEvent.NodeFailed.class::isInstance)
                            .map(event -> ((RunEvent.NodeFailed) event).node())
                            .toList());
        }

        @Test
        void anErrorOfTheVirtualMachineIsNotRouted() {
            GraphBuilder<In, Out> graph = graph("mend")
                    .node(
                            "bad",
                            (view, context) -> {
                                throw new StackOverflowError();
                            },
                            n -> n.onError("mend"))
                    .edge(START, "bad")
                    .edge("bad", END)
                    .edge("mend", END);

            NodeException error = assertThrows(NodeException.class, () -> path(graph, 0));

            assertTrue(error.getCause() instanceof StackOverflowError);
        }
    }

    @Nested
    class Deferred {
        @Test
        void aDeferredNodeRunsOnceWhenNothingElseIsLeft() {
            GraphBuilder<In, Out> graph = graph("a", "b1", "b2", "b3")
                    .node("last", (view, context) -> named(context), n -> n.deferred())
                    .edge(START, "a")
                    .edge(START, "b1")
                    .edge("a", "last")
                    .edge("b1", "b2")
                    .edge("b2", "b3")
                    .edge("b2", "last")
                    .edge("b3", END)
                    .edge("last", END);

            assertEquals(List.of("a1", "b11", "b22", "b33", "last4"), path(graph, 0));
        }

        @Test
        void severalDeferredNodesRunTogetherAndMayGoOn() {
            GraphBuilder<In, Out> graph = graph("a", "b1", "b2", "more")
                    .node("x", (view, context) -> named(context), n -> n.deferred())
                    .node("y", (view, context) -> named(context), n -> n.deferred())
                    .edge(START, "a")
                    .edge(START, "b1")
                    .edge("a", "x")
                    .edge("b1", "b2")
                    .edge("b2", "y")
                    .edge("x", "more")
                    .edge("y", END)
                    .edge("more", END);

            assertEquals(List.of("a1", "b11", "b22", "x3", "y3", "more4"), path(graph, 0));
        }

        @Test
        void aJoinWaitsForADeferredBranchAndRunsOnce() {
            GraphBuilder<In, Out> graph = graph("a", "b", "join")
                    .node("late", (view, context) -> named(context), n -> n.deferred())
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge("a", "late")
                    .edge("b", "join")
                    .edge("late", "join")
                    .edge("join", END);

            assertEquals(List.of("a1", "b1", "late2", "join3"), path(graph, 0));
        }
    }
}
