package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubgraphTest {
    record In(int count) {}

    record Out(List<String> path) {}

    record Sum(int total) {}

    record Nothing() {}

    static final LastChannel<Integer> COUNT = Channel.last("count", Integer.class);
    static final AppendChannel<String> PATH = Channel.append("path", String.class);
    static final ReduceChannel<Integer> TOTAL = Channel.reduce("total", Integer.class, 0, Integer::sum);
    static final ReduceChannel<Integer> LESS = Channel.reduce("less", Integer.class, 100, (a, b) -> a - b);
    static final LastChannel<String> TEXT = Channel.last("text", String.class);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static GraphBuilder<In, Out> outer() {
        return Graph.define("outer", 1).input(In.class).output(Out.class).channels(COUNT, PATH, TOTAL, LESS);
    }

    /** Adds up the squares of the numbers below its count. */
    static Graph<In, Sum> squares() {
        return Graph.define("squares", 1)
                .input(In.class)
                .output(Sum.class)
                .channels(COUNT, TOTAL)
                .node("square", (view, context) -> {
                    int number = context.input(Integer.class);
                    return Update.of(TOTAL.add(number * number));
                })
                .fanOut(START, v -> IntStream.range(0, v.get(COUNT)).boxed().toList(), "square")
                .edge("square", END)
                .build();
    }

    static Graph<In, Nothing> single(String name, NodeFunction function) {
        return Graph.define(name, 1)
                .input(In.class)
                .output(Nothing.class)
                .channels(COUNT)
                .node("a", function)
                .edge(START, "a")
                .edge("a", END)
                .build();
    }

    static Mapping<In, Nothing> once() {
        return Mapping.of((view, context) -> new In(0), out -> Update.of(PATH.add("done")));
    }

    static GraphBuilder<In, Out> around(Graph<In, Nothing> inner) {
        return outer().subgraph("sub", inner, once()).edge(START, "sub").edge("sub", END);
    }

    @Nested
    class Mapped {
        @Test
        void aSubgraphHasAStateOfItsOwnAndGivesWhatItsMappingTakes() {
            Graph<In, Out> graph = outer().subgraph(
                            "sub",
                            squares(),
                            Mapping.of(
                                    (view, context) -> new In(view.get(COUNT) + 1),
                                    out -> Update.of(PATH.add("sum " + out.total()))))
                    .node("after", (view, context) -> Update.of(PATH.add("total " + view.get(TOTAL))))
                    .edge(START, "sub")
                    .edge("sub", "after")
                    .edge("after", END)
                    .build();

            assertEquals(
                    List.of("sum 14", "total 0"), engine.run(graph, new In(3)).path());
        }

        @Test
        void aSubgraphInAFanOutReadsItsItem() {
            Graph<In, Out> graph = outer().subgraph(
                            "sub",
                            squares(),
                            Mapping.of(
                                    (view, context) -> new In(context.input(Integer.class)),
                                    out -> Update.of(PATH.add("" + out.total()))))
                    .fanOut(START, v -> IntStream.range(0, v.get(COUNT)).boxed().toList(), "sub")
                    .edge("sub", END)
                    .build();

            assertEquals(
                    List.of("0", "0", "1", "5", "14"),
                    engine.run(graph, new In(5)).path());
        }

        @Test
        void subgraphsNestSeveralDeepAndTheirEventsCarryTheNodesBefore() {
            Graph<In, Sum> inner = squares();
            for (int depth = 0; depth < 3; depth++) {
                inner = Graph.define("deep" + depth, 1)
                        .input(In.class)
                        .output(Sum.class)
                        .channels(COUNT, TOTAL)
                        .subgraph(
                                "d" + depth,
                                inner,
                                Mapping.of(
                                        (view, context) -> new In(view.get(COUNT)),
                                        out -> Update.of(TOTAL.add(out.total()))))
                        .fanOut(START, v -> List.of("one", "two"), "d" + depth)
                        .edge("d" + depth, END)
                        .build();
            }
            Graph<In, Out> graph = outer().subgraph(
                            "sub",
                            inner,
                            Mapping.of((view, context) -> new In(2), out -> Update.of(PATH.add("" + out.total()))))
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();

            Run<Out> run = engine.start(graph, new In(0));

            assertEquals(List.of("8"), run.await().path());
            List<String> names = run.events().stream()
                    .filter(RunEvent.NodeFinished.class::isInstance)
                    .map(event -> ((RunEvent.NodeFinished) event).node())
                    .toList();
            assertEquals(
                    16, names.stream().filter(name -> name.endsWith("/square")).count());
            assertTrue(names.contains("sub/d2[1]/d1[0]/d0[1]/square"), names.toString());
        }

        @Test
        void whatMappingsThrowIsAFailureOfTheNode() {
            Graph<In, Out> wrongIn = outer().subgraph(
                            "sub",
                            squares(),
                            Mapping.of(
                                    (view, context) -> {
                                        throw new IllegalStateException("no input");
                                    },
                                    out -> Update.none()))
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();
            Graph<In, Out> wrongOut = outer().subgraph(
                            "sub", squares(), Mapping.of((view, context) -> new In(1), out -> Update.of(TEXT.set("x"))))
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();

            NodeException first = assertThrows(NodeException.class, () -> engine.run(wrongIn, new In(0)));
            NodeException second = assertThrows(NodeException.class, () -> engine.run(wrongOut, new In(0)));

            assertEquals(
                    "Node 'sub' of graph 'outer' failed in super-step 1, 'IllegalStateException: no input'",
                    first.what());
            assertEquals("Channel 'text' is not in graph 'outer'", second.what());
        }

        @Test
        @SuppressWarnings("NullAway") // mappings that break their promise are what the check is for
        void aMappingThatGivesNullIsNamed() {
            Graph<In, Out> noInput = outer().subgraph(
                            "sub", squares(), Mapping.of((v, c) -> null, out -> Update.none()))
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();
            Graph<In, Out> noUpdate = outer().subgraph("sub", squares(), Mapping.of((v, c) -> new In(0), out -> null))
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();

            assertEquals(
                    "The mapping of node 'sub' gave null as the sub-graph's input",
                    assertThrows(NodeException.class, () -> engine.run(noInput, new In(0)))
                            .what());
            assertEquals(
                    "The mapping of node 'sub' gave null as the sub-graph's update",
                    assertThrows(NodeException.class, () -> engine.run(noUpdate, new In(0)))
                            .what());
        }
    }

    @Nested
    class SharedChannels {
        Graph<In, Nothing> looped() {
            return Graph.define("looped", 1)
                    .input(In.class)
                    .output(Nothing.class)
                    .channels(COUNT, PATH, LESS, TEXT)
                    .node(
                            "a",
                            (view, context) -> Update.of(
                                    COUNT.set(view.get(COUNT) - 1),
                                    PATH.add("a" + view.get(COUNT)),
                                    LESS.add(1),
                                    TEXT.set("own")))
                    .edge(START, "a")
                    .when("a", Route.on(v -> v.get(COUNT) > 0).then("a").otherwise(END))
                    .build();
        }

        @Test
        void channelsInCommonBeginWithTheValuesAroundAndTakeAllWritesBack() {
            Graph<In, Out> graph = outer().node("before", (view, context) -> Update.of(PATH.add("before")))
                    .subgraph("sub", looped(), Mapping.shared())
                    .node(
                            "after",
                            (view, context) ->
                                    Update.of(PATH.add("count " + view.get(COUNT) + " less " + view.get(LESS))))
                    .edge(START, "before")
                    .edge("before", "sub")
                    .edge("sub", "after")
                    .edge("after", END)
                    .build();

            assertEquals(
                    List.of("before", "a3", "a2", "a1", "count 0 less 97"),
                    engine.run(graph, new In(3)).path());
        }

        @Test
        void writesOfParallelSubgraphsAreMergedAsThoseOfNodes() {
            Graph<Nothing, Nothing> twice = Graph.define("twice", 1)
                    .input(Nothing.class)
                    .output(Nothing.class)
                    .channels(LESS, PATH)
                    .node("a", (view, context) -> Update.of(LESS.add(1), PATH.add("a" + view.get(LESS))))
                    .node("b", (view, context) -> Update.of(LESS.add(2), PATH.add("b" + view.get(LESS))))
                    .edge(START, "a")
                    .edge("a", "b")
                    .edge("b", END)
                    .build();
            Graph<In, Out> graph = outer().subgraph("sub", twice, Mapping.shared())
                    .node("after", (view, context) -> Update.of(PATH.add("less " + view.get(LESS))))
                    .fanOut(START, v -> List.of("x", "y", "z"), "sub")
                    .edge("sub", "after")
                    .edge("after", END)
                    .build();

            assertEquals(
                    List.of("a100", "b99", "a100", "b99", "a100", "b99", "less 91"),
                    engine.run(graph, new In(0)).path());
        }

        @Test
        void aSharedSubgraphInASharedSubgraphReachesTheOutermostState() {
            Graph<In, Nothing> middle = Graph.define("middle", 1)
                    .input(In.class)
                    .output(Nothing.class)
                    .channels(COUNT, PATH, LESS)
                    .subgraph("inner", looped(), Mapping.shared())
                    .edge(START, "inner")
                    .edge("inner", END)
                    .build();
            Graph<In, Out> graph = outer().subgraph("sub", middle, Mapping.shared())
                    .node("after", (view, context) -> Update.of(PATH.add("less " + view.get(LESS))))
                    .edge(START, "sub")
                    .edge("sub", "after")
                    .edge("after", END)
                    .build();

            assertEquals(
                    List.of("a2", "a1", "less 98"), engine.run(graph, new In(2)).path());
        }

        @Test
        void aChannelThatIsNotWrittenIsNotWrittenAround() {
            Graph<Nothing, Nothing> reader = Graph.define("reader", 1)
                    .input(Nothing.class)
                    .output(Nothing.class)
                    .channels(COUNT, PATH)
                    .node("a", (view, context) -> Update.of(PATH.add("reads " + view.get(COUNT))))
                    .edge(START, "a")
                    .edge("a", END)
                    .build();
            Graph<In, Out> graph = outer().subgraph("sub", reader, Mapping.shared())
                    .node("sets", (view, context) -> Update.of(COUNT.set(5)))
                    .edge(START, "sub")
                    .edge(START, "sets")
                    .edge("sub", END)
                    .edge("sets", END)
                    .build();

            assertEquals(List.of("reads 7"), engine.run(graph, new In(7)).path());
        }

        @Test
        @SuppressWarnings("rawtypes") // the class of a list says nothing of its elements
        void anInputThatIsNotAChannelInCommonIsReadByItsName() {
            record Words(List<String> path) {}
            LastChannel<List> own = Channel.last("path", List.class);
            Graph<Words, Nothing> sizes = Graph.define("sizes", 1)
                    .input(Words.class)
                    .output(Nothing.class)
                    .channels(own, TOTAL)
                    .node(
                            "a",
                            (view, context) -> Update.of(TOTAL.add(view.get(own).size())))
                    .edge(START, "a")
                    .edge("a", END)
                    .build();
            Graph<In, Out> graph = outer().node("before", (view, context) -> Update.of(PATH.addAll(List.of("x", "y"))))
                    .subgraph("sub", sizes, Mapping.shared())
                    .node("after", (view, context) -> Update.of(PATH.add("total " + view.get(TOTAL))))
                    .edge(START, "before")
                    .edge("before", "sub")
                    .edge("sub", "after")
                    .edge("after", END)
                    .build();

            assertEquals(
                    List.of("x", "y", "total 2"), engine.run(graph, new In(0)).path());
        }

        @Test
        void anInputWithoutAValueAroundIsAFailureOfTheNode() {
            record Text(String text) {}
            Graph<Text, Nothing> inner = Graph.define("inner", 1)
                    .input(Text.class)
                    .output(Nothing.class)
                    .channels(TEXT)
                    .node("a", (view, context) -> Update.none())
                    .edge(START, "a")
                    .edge("a", END)
                    .build();
            Graph<In, Out> graph = outer().channels(TEXT)
                    .subgraph("sub", inner, Mapping.shared())
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> engine.run(graph, new In(0)));

            assertEquals("Channel 'text' has no value yet", error.what());
            assertEquals("sub", error.node());
        }
    }

    @Nested
    class Ends {
        @Test
        void aFailureInsideNamesTheInnerGraphAndNodeAndEndsTheRun() {
            Graph<In, Nothing> inner = single("inner", (view, context) -> {
                throw new IllegalStateException("deep");
            });
            Run<Out> run = engine.start(around(inner).build(), new In(0));

            NodeException error = assertThrows(NodeException.class, run::await);

            assertEquals(
                    "Node 'sub/a' of graph 'inner' failed in super-step 1, 'IllegalStateException: deep'",
                    error.what());
            assertEquals("sub/a", error.node());
            List<String> failed = run.events().stream()
                    .filter(RunEvent.NodeFailed.class::isInstance)
                    .map(event -> ((RunEvent.NodeFailed) event).node())
                    .toList();
            assertEquals(List.of("sub/a", "sub"), failed);
        }

        @Test
        void aFailureInsideIsTheNodesOwnForItsOnError() {
            Graph<In, Nothing> inner = single("inner", (view, context) -> {
                throw new StudioException(ErrorCode.UNKNOWN_COLUMN, "Column 'x' is not there", "Use 'y'");
            });
            AtomicInteger others = new AtomicInteger();
            Graph<In, Out> graph = outer().subgraph("sub", inner, once(), n -> n.onError("repair"))
                    .node("other", (view, context) -> {
                        others.incrementAndGet();
                        return Update.none();
                    })
                    .node(
                            "repair",
                            (view, context) -> Update.of(
                                    PATH.add(context.input(NodeFailure.class).toString())))
                    .edge(START, "sub")
                    .edge(START, "other")
                    .edge("sub", END)
                    .edge("other", END)
                    .edge("repair", END)
                    .build();

            Out out = engine.run(graph, new In(0));

            NodeFailure failure =
                    new NodeFailure("sub", 0, ErrorCode.UNKNOWN_COLUMN, "Column 'x' is not there", "Use 'y'");
            assertEquals(List.of(failure.toString()), out.path());
            assertEquals(1, others.get());
        }

        @Test
        void aFailureInsideInterruptsTheOtherTasksOfItsGraphOnly() throws Exception {
            CountDownLatch failing = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            Graph<In, Nothing> inner = Graph.define("inner", 1)
                    .input(In.class)
                    .output(Nothing.class)
                    .channels(COUNT)
                    .node("bad", (view, context) -> {
                        failing.await();
                        throw new IllegalStateException("bad");
                    })
                    .node("waits", (view, context) -> {
                        failing.countDown();
                        new CountDownLatch(1).await();
                        return Update.none();
                    })
                    .edge(START, "bad")
                    .edge(START, "waits")
                    .edge("bad", END)
                    .edge("waits", END)
                    .build();
            Graph<In, Out> graph = outer().subgraph("sub", inner, once(), n -> n.onError("repair"))
                    .node("other", (view, context) -> {
                        ended.await();
                        return Update.of(PATH.add("other"));
                    })
                    .node("repair", (view, context) -> Update.of(PATH.add("repaired")))
                    .edge(START, "sub")
                    .edge(START, "other")
                    .edge("sub", END)
                    .edge("other", END)
                    .edge("repair", END)
                    .build();
            RunOptions options = RunOptions.builder()
                    .listener(event -> {
                        if (event instanceof RunEvent.NodeFailed failed
                                && failed.node().equals("sub")) {
                            ended.countDown();
                        }
                    })
                    .build();

            assertEquals(
                    List.of("other", "repaired"),
                    engine.start(graph, new In(0), options).await().path());
        }

        @Test
        void theStepLimitOfTheInnerGraphHoldsInsideAndNamesIt() {
            Graph<In, Nothing> endless = Graph.define("endless", 1)
                    .input(In.class)
                    .output(Nothing.class)
                    .channels(COUNT)
                    .node("a", (view, context) -> Update.none())
                    .edge(START, "a")
                    .when("a", Route.on(v -> v.get(COUNT) > 0).then(END).otherwise("a"))
                    .maxSteps(5)
                    .build();

            NodeException error = assertThrows(
                    NodeException.class,
                    () -> engine.run(around(endless).maxSteps(1).build(), new In(0)));

            assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
            assertEquals("Graph 'endless' did not end within 5 super-steps; next would be 'sub/a'", error.what());
            assertEquals("sub", error.node());
        }

        @Test
        void anOutputThatThrowsNamesTheInnerGraph() {
            record Picky(int count) {
                @SuppressWarnings("UnusedMethod") // called when the sub-graph ends
                Picky {
                    if (count == 0) {
                        throw new IllegalArgumentException("count must not be 0");
                    }
                }
            }
            Graph<In, Picky> inner = Graph.define("inner", 1)
                    .input(In.class)
                    .output(Picky.class)
                    .channels(COUNT)
                    .node("a", (view, context) -> Update.none())
                    .edge(START, "a")
                    .edge("a", END)
                    .build();
            Graph<In, Out> graph = outer().subgraph(
                            "sub", inner, Mapping.of((view, context) -> new In(0), out -> Update.none()))
                    .edge(START, "sub")
                    .edge("sub", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> engine.run(graph, new In(0)));

            assertTrue(error.what().contains("count must not be 0"), error.what());
            assertEquals("sub", error.node());
        }

        @Test
        void cancellingTheRunReachesTheNodesInside() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            AtomicInteger interrupted = new AtomicInteger();
            Graph<In, Nothing> inner = single("inner", (view, context) -> {
                context.cancellation().onCancel(reached::countDown);
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
                return Update.none();
            });
            Cancellation cancellation = Cancellation.create();
            Run<Out> run = engine.start(
                    around(inner).build(),
                    new In(0),
                    RunOptions.builder().cancellation(cancellation).build());

            begun.await();
            cancellation.cancel();

            assertTrue(run.outcome() instanceof RunOutcome.Cancelled);
            assertTrue(reached.await(30, TimeUnit.SECONDS));
            assertEquals(1, interrupted.get());
        }

        @Test
        void aNodeTwoGraphsDeepIsInterruptedAndItsThreadIsLeftAsItWas() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicInteger interrupted = new AtomicInteger();
            Graph<In, Nothing> innermost = single("innermost", (view, context) -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    Thread.currentThread().interrupt();
                }
                return Update.none();
            });
            Graph<In, Out> middle = around(innermost).build();
            Graph<In, Out> outer = outer().subgraph(
                            "middle", middle, Mapping.of((view, context) -> new In(0), out -> Update.none()))
                    .edge(START, "middle")
                    .edge("middle", END)
                    .build();
            Cancellation cancellation = Cancellation.create();
            Thread canceller = new Thread(() -> {
                try {
                    begun.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                cancellation.cancel();
            });
            canceller.start();

            RunOptions options = RunOptions.builder().cancellation(cancellation).build();
            StudioException error = assertThrows(StudioException.class, () -> engine.run(outer, new In(0), options));
            canceller.join();

            assertEquals(ErrorCode.CANCELLED, error.code());
            assertEquals(1, interrupted.get());
            assertFalse(Thread.interrupted());
        }

        @Test
        void anInnerGraphRunsOnTheThreadOfItsTask() {
            Thread[] threads = new Thread[1];
            Graph<In, Nothing> inner = single("inner", (view, context) -> {
                threads[0] = Thread.currentThread();
                return Update.none();
            });

            engine.run(around(inner).build(), new In(0));

            assertSame(Thread.currentThread(), threads[0]);
        }
    }
}
