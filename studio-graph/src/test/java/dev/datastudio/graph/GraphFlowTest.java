package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GraphFlowTest {
    record In(int count) {}

    record Path(List<String> path) {}

    record Total(int total, List<String> path) {}

    static final LastChannel<Integer> COUNT = Channel.last("count", Integer.class);
    static final AppendChannel<String> PATH = Channel.append("path", String.class);
    static final ReduceChannel<Integer> TOTAL = Channel.reduce("total", Integer.class, 0, Integer::sum);
    static final Engine ENGINE = Engine.create();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    static GraphBuilder<In, Path> graph(String... nodes) {
        GraphBuilder<In, Path> builder =
                Graph.define("flow", 1).input(In.class).output(Path.class).channels(COUNT, PATH, TOTAL);
        for (String node : nodes) {
            builder.node(node, (view, context) -> Update.of(PATH.add(node + context.superStep())));
        }
        return builder;
    }

    static List<String> path(Graph<In, Path> graph, int count) {
        return ENGINE.run(graph, new In(count)).path();
    }

    @Nested
    class Joins {
        @Test
        void aNodeWaitsForBranchesOfDifferentLength() {
            Graph<In, Path> graph = graph("a", "b1", "b2", "c", "join")
                    .edge(START, "a")
                    .edge("a", "b1")
                    .edge("a", "c")
                    .edge("a", "join")
                    .edge("b1", "b2")
                    .edge("b2", "join")
                    .edge("c", "join")
                    .edge("join", END)
                    .build();

            assertEquals(List.of("a1", "b12", "c2", "b23", "join4"), path(graph, 0));
        }

        @Test
        void aBranchThatARouteDidNotTakeIsNotWaitedFor() {
            Graph<In, Path> graph = graph("a", "b", "long", "join")
                    .edge(START, "a")
                    .edge("a", "b")
                    .when("a", Route.on(v -> v.get(COUNT) > 0).then("long").otherwise(END))
                    .edge("b", "join")
                    .edge("long", "join")
                    .edge("join", END)
                    .build();

            assertEquals(List.of("a1", "b2", "join3"), path(graph, 0));
            assertEquals(List.of("a1", "b2", "long2", "join3"), path(graph, 1));
        }

        @Test
        void aJoinWaitsForALoopBesideIt() {
            Graph<In, Path> graph = graph("y", "join")
                    .node("x", (view, context) -> Update.of(TOTAL.add(1), PATH.add("x")))
                    .edge(START, "x")
                    .edge(START, "y")
                    .when("x", Route.on(v -> v.get(TOTAL) < 3).then("x").otherwise("join"))
                    .edge("y", "join")
                    .edge("join", END)
                    .build();

            assertEquals(List.of("y1", "x", "x", "x", "join4"), path(graph, 0));
        }

        @Test
        void aJoinInsideALoopJoinsInEveryRound() {
            Graph<In, Path> graph = graph("a", "a2", "b", "join")
                    .node("plan", (view, context) -> Update.of(TOTAL.add(1), PATH.add("plan")))
                    .edge(START, "plan")
                    .edge("plan", "a")
                    .edge("plan", "b")
                    .edge("a", "a2")
                    .edge("a2", "join")
                    .edge("b", "join")
                    .when("join", Route.on(v -> v.get(TOTAL) < 2).then("plan").otherwise(END))
                    .build();

            assertEquals(
                    List.of("plan", "a2", "b2", "a23", "join4", "plan", "a6", "b6", "a27", "join8"), path(graph, 0));
        }

        @Test
        void aLoopWithItsExitAtTheHeadHoldsAnInnerJoinBack() {
            Graph<In, Path> graph = graph("head", "y", "join")
                    .node("body", (view, context) -> Update.of(TOTAL.add(1), PATH.add("body")))
                    .edge(START, "head")
                    .edge(START, "y")
                    .when("head", Route.on(v -> v.get(TOTAL) < 2).then("body").otherwise("join"))
                    .edge("body", "head")
                    .edge("y", "join")
                    .edge("join", END)
                    .build();

            assertEquals(List.of("head1", "y1", "body", "head3", "body", "head5", "join6"), path(graph, 0));
        }

        @Test
        void aLoopWithTwoWaysInComesToItsEnd() {
            Graph<In, Path> graph = graph("x", "y")
                    .edge(START, "x")
                    .edge(START, "y")
                    .when("x", Route.on(v -> v.get(PATH).size() < 2).then("y").otherwise(END))
                    .when("y", Route.on(v -> v.get(PATH).size() < 1).then("x").otherwise(END))
                    .build();

            assertEquals(List.of("x1", "y2"), path(graph, 0));
        }
    }

    @Nested
    class Routes {
        @Test
        void aRouteByConditionTakesTheFirstThatHolds() {
            Graph<In, Path> graph = graph("low", "middle", "high")
                    .when(
                            START,
                            Route.on(v -> v.get(COUNT) < 10)
                                    .then("low")
                                    .on(v -> v.get(COUNT) < 20)
                                    .then("middle", "low")
                                    .otherwise("high"))
                    .edge("low", END)
                    .edge("middle", END)
                    .edge("high", END)
                    .build();

            assertEquals(List.of("low1"), path(graph, 5));
            assertEquals(List.of("low1", "middle1"), path(graph, 15));
            assertEquals(List.of("high1"), path(graph, 25));
        }

        @Test
        void aRouteByFunctionTakesTheNamedTarget() {
            Graph<In, Path> graph = graph("even", "odd")
                    .when(
                            START,
                            Route.by(v -> v.get(COUNT) % 2 == 0 ? "even" : "odd")
                                    .to("even", "odd"))
                    .edge("even", END)
                    .edge("odd", END)
                    .build();

            assertEquals(List.of("odd1"), path(graph, 3));
        }

        @Test
        void aRouteToAnUndeclaredNameEndsTheRunWithTheNames() {
            Graph<In, Path> graph = graph("a")
                    .edge(START, "a")
                    .when("a", Route.by(v -> "b").to(END))
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> path(graph, 0));

            assertEquals(ErrorCode.GRAPH_INVALID, error.code());
            assertEquals("A route chose 'b', which is not one of [$end]", error.what());
            assertEquals("a", error.node());
        }

        @Test
        void aRouteThatThrowsNamesItsNode() {
            Graph<In, Path> graph = graph("a")
                    .edge(START, "a")
                    .when("a", Route.on(v -> 1 / v.get(COUNT) > 0).then(END).otherwise(END))
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> path(graph, 0));

            assertEquals(ErrorCode.NODE_FAILED, error.code());
            assertEquals(
                    "The route or fan-out after node 'a' of graph 'flow' failed in super-step 1, "
                            + "'ArithmeticException: / by zero'",
                    error.what());
        }

        @Test
        void aLoopWithoutAnEndStopsAtTheStepLimit() {
            Graph<In, Path> graph = graph("a", "b")
                    .edge(START, "a")
                    .edge("a", "b")
                    .when("b", Route.on(v -> v.get(COUNT) == 1).then(END).otherwise("a"))
                    .maxSteps(7)
                    .build();

            StudioException error = assertThrows(StudioException.class, () -> path(graph, 0));

            assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
            assertEquals("Graph 'flow' did not end within 7 super-steps; next would be 'b'", error.what());
            assertTrue(error.mend().contains("maxSteps"));
        }

        @Test
        void aRunOfExactlyTheStepLimitEnds() {
            Graph<In, Path> graph = graph("a", "b")
                    .edge(START, "a")
                    .edge("a", "b")
                    .edge("b", END)
                    .maxSteps(2)
                    .build();

            assertEquals(List.of("a1", "b2"), path(graph, 0));
        }
    }

    @Nested
    class FanOuts {
        Graph<In, Total> mapped() {
            return Graph.define("map", 1)
                    .input(In.class)
                    .output(Total.class)
                    .channels(COUNT, PATH, TOTAL)
                    .node("square", (view, context) -> {
                        int item = context.input(Integer.class);
                        return Update.of(TOTAL.add(item * item), PATH.add("square" + context.task()));
                    })
                    .node("after", (view, context) -> Update.of(PATH.add("after " + view.get(TOTAL))))
                    .fanOut(START, v -> IntStream.range(0, v.get(COUNT)).boxed().toList(), "square")
                    .edge("square", "after")
                    .edge("after", END)
                    .build();
        }

        @Test
        void eachItemHasItsOwnTaskAndTheUpdatesKeepTheOrderOfTheList() {
            Total out = ENGINE.run(mapped(), new In(4));

            assertEquals(14, out.total());
            assertEquals(List.of("square0", "square1", "square2", "square3", "after 14"), out.path());
        }

        @Test
        void aThousandTasksAreAllDoneOnce() {
            Total out = ENGINE.run(mapped(), new In(1_000));

            assertEquals(332_833_500, out.total());
            assertEquals(1_001, out.path().size());
            assertEquals("square999", out.path().get(999));
        }

        @Test
        void anEmptyListGoesOnBehindTheNode() {
            Total out = ENGINE.run(mapped(), new In(0));

            assertEquals(List.of("after 0"), out.path());
        }

        @Test
        void twoFanOutsToOneNodeNumberTheirTasksTogether() {
            Graph<In, Path> graph = graph("a", "b")
                    .node("each", (view, context) -> Update.of(PATH.add(context.input(String.class) + context.task())))
                    .edge(START, "a")
                    .edge(START, "b")
                    .fanOut("a", v -> List.of("p", "q"), "each")
                    .fanOut("b", v -> List.of("r"), "each")
                    .edge("each", END)
                    .build();

            assertEquals(List.of("a1", "b1", "p0", "q1", "r2"), path(graph, 0));
        }

        @Test
        void aNodeOutsideAFanOutHasNoInput() {
            Graph<In, Path> graph = graph().node(
                            "a", (view, context) -> Update.of(PATH.add(context.input(String.class))))
                    .edge(START, "a")
                    .edge("a", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> path(graph, 0));

            assertTrue(error.what().contains("was not reached by a fan-out"), error.what());
        }
    }

    @Nested
    class Writes {
        @Test
        void twoNodesThatSetOneChannelInOneStepAreBothNamed() {
            Graph<In, Path> graph = graph().node("a", (view, context) -> Update.of(COUNT.set(1)))
                    .node("b", (view, context) -> Update.of(COUNT.set(2)))
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge("a", END)
                    .edge("b", END)
                    .build();

            StudioException error = assertThrows(StudioException.class, () -> path(graph, 0));

            assertEquals(ErrorCode.GRAPH_INVALID, error.code());
            assertEquals("Nodes 'a' and 'b' both set channel 'count' in super-step 1", error.what());
            assertTrue(error.mend().contains("Channel.append"));
        }

        @Test
        void tasksOfOneStepDoNotSeeEachOthersWrites() {
            Graph<In, Path> graph = graph().node(
                            "a", (view, context) -> Update.of(TOTAL.add(5), PATH.add("a sees " + view.get(TOTAL))))
                    .node("b", (view, context) -> Update.of(TOTAL.add(5), PATH.add("b sees " + view.get(TOTAL))))
                    .node("c", (view, context) -> Update.of(PATH.add("c sees " + view.get(TOTAL))))
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge("a", "c")
                    .edge("b", "c")
                    .edge("c", END)
                    .build();

            assertEquals(List.of("a sees 0", "b sees 0", "c sees 10"), path(graph, 0));
        }

        @Test
        void aWriteToAChannelOfAnotherGraphIsRefusedByName() {
            LastChannel<String> stranger = Channel.last("stranger", String.class);
            Graph<In, Path> graph = graph().node("a", (view, context) -> Update.of(stranger.set("x")))
                    .edge(START, "a")
                    .edge("a", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> path(graph, 0));

            assertEquals(ErrorCode.GRAPH_INVALID, error.code());
            assertEquals("Channel 'stranger' is not in graph 'flow'", error.what());
        }

        @Test
        void aChannelReadBeforeItHasAValueSaysSo() {
            LastChannel<String> late = Channel.last("late", String.class);
            Graph<In, Path> graph = graph().channels(late)
                    .node("a", (view, context) -> {
                        assertTrue(view.find(late).isEmpty());
                        return Update.of(PATH.add(view.get(late)));
                    })
                    .edge(START, "a")
                    .edge("a", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> path(graph, 0));

            assertEquals("Channel 'late' has no value yet", error.what());
        }

        @Test
        void theReducerThatFailsIsNamedByItsChannel() {
            ReduceChannel<Integer> quotient = Channel.reduce("quotient", Integer.class, 8, (a, b) -> a / b);
            Graph<In, Path> graph = graph().channels(quotient)
                    .node("a", (view, context) -> Update.of(quotient.add(0)))
                    .edge(START, "a")
                    .edge("a", END)
                    .build();

            StudioException error = assertThrows(StudioException.class, () -> path(graph, 0));

            assertEquals("The reducer of channel 'quotient' failed: '/ by zero'", error.what());
        }
    }
}
