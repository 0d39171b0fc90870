package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JoinTest {
    record In() {}

    record Out(List<String> path) {}

    static final AppendChannel<String> PATH = Channel.append("path", String.class);
    static final ReduceChannel<Integer> ROUNDS = Channel.reduce("rounds", Integer.class, 0, Integer::sum);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static GraphBuilder<In, Out> graph(String... nodes) {
        GraphBuilder<In, Out> builder =
                Graph.define("joins", 1).input(In.class).output(Out.class).channels(PATH, ROUNDS);
        for (String node : nodes) {
            builder.node(node, JoinTest::named);
        }
        return builder;
    }

    static Update named(dev.datastudio.graph.channel.View view, NodeContext context) {
        return Update.of(PATH.add(context.node() + context.superStep()));
    }

    List<String> path(GraphBuilder<In, Out> builder) {
        return engine.run(builder.build(), new In()).path();
    }

    /** Three branches of lengths one, two and three before a join. */
    static GraphBuilder<In, Out> staggered(Join join) {
        return graph("a", "b1", "b2", "c1", "c2", "c3")
                .node("join", JoinTest::named, n -> n.join(join))
                .edge(START, "a")
                .edge(START, "b1")
                .edge(START, "c1")
                .edge("a", "join")
                .edge("b1", "b2")
                .edge("b2", "join")
                .edge("c1", "c2")
                .edge("c2", "c3")
                .edge("c3", "join")
                .edge("join", END);
    }

    @Nested
    class AcrossSteps {
        @Test
        void allWaitsForTheLongestBranch() {
            assertEquals(List.of("a1", "b11", "c11", "b22", "c22", "c33", "join4"), path(staggered(Join.all())));
        }

        @Test
        void anyGoesOnAtTheFirstArrivalOnceWhileTheOthersEndAlone() {
            assertEquals(List.of("a1", "b11", "c11", "b22", "c22", "join2", "c33"), path(staggered(Join.any())));
        }

        @Test
        void aQuorumGoesOnAtItsLastArrivalOnce() {
            assertEquals(List.of("a1", "b11", "c11", "b22", "c22", "c33", "join3"), path(staggered(Join.quorum(2))));
        }

        @Test
        void cancelRestDropsTheBranchesThatAreUnderWay() {
            GraphBuilder<In, Out> graph = graph("a", "b1", "b2", "c1")
                    .node("join", JoinTest::named, n -> n.join(Join.any().cancelRest()))
                    .edge(START, "a")
                    .edge(START, "b1")
                    .edge(START, "c1")
                    .when("a", Route.on(v -> true).then("join").otherwise(END))
                    .edge("b1", "b2")
                    .edge("b2", "join")
                    .edge("c1", "join")
                    .edge("join", END);

            // Whether b1 is done before c1 makes it needless is a matter of speed; b2 never runs.
            List<String> path = new ArrayList<>(path(graph));
            path.remove("b11");
            assertEquals(List.of("a1", "c11", "join2"), path);
        }

        @Test
        void aQuorumThatCannotBeReachedAnyMoreGoesOnWithWhatArrived() {
            GraphBuilder<In, Out> graph = graph("a", "b", "c")
                    .node("join", JoinTest::named, n -> n.join(Join.quorum(3)))
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge(START, "c")
                    .edge("a", "join")
                    .when("b", Route.on(v -> true).then(END).otherwise("join"))
                    .edge("c", "join")
                    .edge("join", END);

            assertEquals(List.of("a1", "b1", "c1", "join2"), path(graph));
        }

        @Test
        void anEdgeAndARouteFromOneTaskAreOneArrival() {
            GraphBuilder<In, Out> graph = graph("a", "b", "b2")
                    .node("join", JoinTest::named, n -> n.join(Join.quorum(2)))
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge("a", "join")
                    .when("a", Route.on(v -> true).then("join").otherwise(END))
                    .edge("b", "b2")
                    .edge("b2", "join")
                    .edge("join", END);

            assertEquals(List.of("a1", "b1", "b22", "join3"), path(graph));
        }

        @Test
        void aJoinOfAnyInALoopJoinsOnceInEveryRound() {
            GraphBuilder<In, Out> graph = graph("fast", "slow1", "slow2")
                    .node("plan", (view, context) -> Update.of(ROUNDS.add(1), PATH.add("plan")))
                    .node("join", JoinTest::named, n -> n.join(Join.any().cancelRest()))
                    .edge(START, "plan")
                    .edge("plan", "fast")
                    .edge("plan", "slow1")
                    .edge("fast", "join")
                    .edge("slow1", "slow2")
                    .edge("slow2", "join")
                    .when("join", Route.on(v -> v.get(ROUNDS) < 2).then("plan").otherwise(END));

            List<String> path = path(graph).stream()
                    .filter(word -> !word.startsWith("slow1"))
                    .toList();

            assertEquals(List.of("plan", "fast2", "join3", "plan", "fast5", "join6"), path);
        }

        @Test
        void eachTaskOfAFanOutIsAnArrival() {
            for (int items = 1; items < 5; items++) {
                int count = items;
                GraphBuilder<In, Out> graph = graph("each", "b1", "b2")
                        .node("join", JoinTest::named, n -> n.join(Join.quorum(3)))
                        .fanOut(START, v -> IntStream.range(0, count).boxed().toList(), "each")
                        .edge(START, "b1")
                        .edge("b1", "b2")
                        .edge("each", "join")
                        .edge("b2", "join")
                        .edge("join", END);

                assertEquals(items >= 3, path(graph).contains("join2"), items + " items");
            }
        }
    }

    @Nested
    class WithinAStep {
        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicBoolean interrupted = new AtomicBoolean();
        final AtomicBoolean token = new AtomicBoolean();

        Update waiting(NodeContext context) throws InterruptedException {
            try {
                begun.countDown();
                new CountDownLatch(1).await();
                return Update.of(PATH.add("never"));
            } catch (InterruptedException e) {
                interrupted.set(true);
                token.set(context.cancellation().isCancelled());
                throw e;
            }
        }

        GraphBuilder<In, Out> race() {
            return graph("after")
                    .node("fast", (view, context) -> {
                        begun.await();
                        return Update.of(PATH.add("fast"));
                    })
                    .node("slow", (view, context) -> waiting(context))
                    .node("join", JoinTest::named, n -> n.join(Join.any().cancelRest()))
                    .edge(START, "fast")
                    .edge(START, "slow")
                    .edge("fast", "join")
                    .edge("slow", "join")
                    .edge("join", "after")
                    .edge("after", END);
        }

        @Test
        void aTaskThatTheJoinNoLongerNeedsIsInterruptedAndTheRunGoesOn() {
            Run<Out> run = engine.start(race().build(), new In());

            assertEquals(List.of("fast", "join2", "after3"), run.await().path());
            assertTrue(interrupted.get());
            assertTrue(token.get(), "its cancellation is set");
            List<RunEvent> events = run.events();
            assertEquals(
                    List.of("slow"),
                    events.stream()
                            .filter(RunEvent.NodeCancelled.class::isInstance)
                            .map(e -> ((RunEvent.NodeCancelled) e).node())
                            .toList());
            assertTrue(events.get(events.size() - 1) instanceof RunEvent.RunFinished);
        }

        @Test
        void theThreadsOfOtherTasksAndLaterNodesAreNotInterrupted() {
            AtomicInteger flags = new AtomicInteger();
            CountDownLatch joined = new CountDownLatch(1);
            Graph<In, Out> graph = graph().node("fast", (view, context) -> {
                        begun.await();
                        return Update.none();
                    })
                    .node("slow", (view, context) -> {
                        try {
                            return waiting(context);
                        } finally {
                            joined.countDown();
                        }
                    })
                    .node("other", (view, context) -> {
                        joined.await();
                        flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                        return Update.of(PATH.add("other"));
                    })
                    .node(
                            "join",
                            (view, context) -> {
                                flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                                return Update.of(PATH.add("join"));
                            },
                            n -> n.join(Join.any().cancelRest()))
                    .edge(START, "fast")
                    .edge(START, "slow")
                    .edge(START, "other")
                    .edge("fast", "join")
                    .edge("slow", "join")
                    .edge("other", END)
                    .edge("join", END)
                    .build();

            for (int i = 0; i < 50; i++) {
                engine.run(graph, new In());
            }

            assertEquals(0, flags.get());
        }

        @Test
        void tasksThatHaveNotBegunAreSkipped() {
            AtomicInteger done = new AtomicInteger();
            GraphBuilder<In, Out> graph = graph().node("each", (view, context) -> {
                        done.incrementAndGet();
                        return Update.of(PATH.add("each" + context.task()));
                    })
                    .node("join", JoinTest::named, n -> n.join(Join.quorum(3).cancelRest()))
                    .fanOut(START, v -> IntStream.range(0, 100).boxed().toList(), "each")
                    .edge("each", "join")
                    .edge("join", END);

            try (Engine narrow = Engine.builder().maxConcurrency(1).build()) {
                Out out = narrow.run(graph.build(), new In());

                assertEquals(List.of("each0", "each1", "each2", "join2"), out.path());
                assertEquals(3, done.get());
            }
        }

        @Test
        void aQuorumOfAFanOutEndsTheTasksThatStillWork() {
            AtomicInteger cancelled = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(8);
            GraphBuilder<In, Out> graph = graph().node("each", (view, context) -> {
                        all.countDown();
                        if (context.task() < 3) {
                            all.await();
                            return Update.of(PATH.add("each" + context.task()));
                        }
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            cancelled.incrementAndGet();
                        }
                        return Update.of(PATH.add("late"));
                    })
                    .node("join", JoinTest::named, n -> n.join(Join.quorum(3).cancelRest()))
                    .fanOut(START, v -> IntStream.range(0, 8).boxed().toList(), "each")
                    .edge("each", "join")
                    .edge("join", END);

            assertEquals(List.of("each0", "each1", "each2", "join2"), path(graph));
            assertEquals(5, cancelled.get());
        }

        @Test
        void aBranchThatCanLeadElsewhereIsNotCancelledWithinTheStep() {
            CountDownLatch fast = new CountDownLatch(1);
            GraphBuilder<In, Out> graph = graph("elsewhere")
                    .node("fast", (view, context) -> {
                        fast.countDown();
                        return Update.of(PATH.add("fast"));
                    })
                    .node("both", (view, context) -> {
                        fast.await();
                        assertFalse(Thread.currentThread().isInterrupted());
                        return Update.of(PATH.add("both"));
                    })
                    .node("join", JoinTest::named, n -> n.join(Join.any().cancelRest()))
                    .edge(START, "fast")
                    .edge(START, "both")
                    .edge("fast", "join")
                    .edge("both", "join")
                    .edge("both", "elsewhere")
                    .edge("elsewhere", END)
                    .edge("join", END);

            assertEquals(
                    List.of("fast", "both", "join2"),
                    path(graph).stream()
                            .filter(word -> !word.startsWith("elsewhere"))
                            .toList());
        }

        @Test
        void theFailureOfATaskThatIsStillNeededEndsTheRun() {
            GraphBuilder<In, Out> graph = graph().node("bad", (view, context) -> {
                        throw new IllegalStateException("bad");
                    })
                    .node("good", (view, context) -> waiting(context))
                    .node("join", JoinTest::named, n -> n.join(Join.any().cancelRest()))
                    .edge(START, "bad")
                    .edge(START, "good")
                    .edge("bad", "join")
                    .edge("good", "join")
                    .edge("join", END);

            NodeException error = assertThrows(NodeException.class, () -> path(graph));

            assertEquals("bad", error.node());
        }

        @Test
        void cancelRestReachesTheTasksOfASubgraphAndNothingElse() {
            AtomicInteger steps = new AtomicInteger();
            Graph<In, Out> inner = graph().node("first", (view, context) -> {
                        steps.incrementAndGet();
                        return Update.none();
                    })
                    .node("left", (view, context) -> waiting(context))
                    .node("right", (view, context) -> waiting(context))
                    .node("last", (view, context) -> {
                        steps.incrementAndGet();
                        return Update.none();
                    })
                    .edge(START, "first")
                    .edge("first", "left")
                    .edge("first", "right")
                    .edge("left", "last")
                    .edge("right", "last")
                    .edge("last", END)
                    .build();
            GraphBuilder<In, Out> graph = graph("after")
                    .node("fast", (view, context) -> {
                        begun.await();
                        return Update.of(PATH.add("fast"));
                    })
                    .subgraph("slow", inner, Mapping.of((view, context) -> new In(), out -> Update.of(PATH.add("sub"))))
                    .node("join", JoinTest::named, n -> n.join(Join.any().cancelRest()))
                    .edge(START, "fast")
                    .edge(START, "slow")
                    .edge("fast", "join")
                    .edge("slow", "join")
                    .edge("join", "after")
                    .edge("after", END);

            assertEquals(List.of("fast", "join2", "after3"), path(graph));
            assertTrue(interrupted.get());
            assertEquals(1, steps.get(), "no step of the sub-graph begins after that");
        }
    }
}
