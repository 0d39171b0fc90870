package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.WORDS;
import static dev.datastudio.graph.run.PolicyGraphs.events;
import static dev.datastudio.graph.run.PolicyGraphs.graph;
import static dev.datastudio.graph.run.PolicyGraphs.mapping;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Compensation;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompensationTest {
    static final NodeFunction FAILING = (view, context) -> {
        throw new IOException("broken");
    };

    final Engine engine = Engine.create();
    final List<String> undone = new CopyOnWriteArrayList<>();
    final Compensation undo = (view, update) ->
            undone.add(update.writes().get(0).value() + " of " + view.get(WORDS).size());

    @AfterEach
    void close() {
        engine.close();
    }

    static NodeFunction saying() {
        return (view, context) -> word(context.node() + context.task());
    }

    @Test
    void finishedTasksAreUndoneLastStepFirstAndInReverseTaskOrder() {
        Graph<In, Out> graph = graph("g")
                .node("a", saying(), n -> n.compensate(undo))
                .node("each", saying(), n -> n.compensate(undo))
                .node("plain", saying())
                .node("bad", FAILING, n -> n.compensate(undo))
                .edge(START, "a")
                .fanOut("a", v -> IntStream.range(0, 3).boxed().toList(), "each")
                .edge("each", "plain")
                .edge("plain", "bad")
                .edge("bad", END)
                .build();

        Run<Out> run = engine.start(graph, new In());

        assertThrows(NodeException.class, run::await);
        assertEquals(List.of("[each2] of 5", "[each1] of 5", "[each0] of 5", "[a0] of 5"), undone);
        List<RunEvent.NodeCompensated> events = events(run, RunEvent.NodeCompensated.class);
        assertEquals(List.of(2, 2, 2, 1), events.stream().map(e -> e.step()).toList());
        assertEquals(List.of(2, 1, 0, 0), events.stream().map(e -> e.task()).toList());
        List<RunEvent> all = run.events();
        assertTrue(all.get(all.size() - 1) instanceof RunEvent.RunFailed);
        assertSame(events.get(3), all.get(all.size() - 2));
    }

    @Test
    void nothingIsUndoneWhenTheRunFinishes() {
        Graph<In, Out> graph = PolicyGraphs.single(saying(), n -> n.compensate(undo));

        engine.run(graph, new In());

        assertEquals(List.of(), undone);
    }

    @Test
    void aTaskThatFinishedBesideTheOneThatFailedIsUndoneToo() {
        CountDownLatch paid = new CountDownLatch(1);
        Graph<In, Out> graph = graph("g")
                .node(
                        "pay",
                        (view, context) -> {
                            paid.countDown();
                            return word("paid");
                        },
                        n -> n.compensate(undo))
                .node("bad", (view, context) -> {
                    paid.await();
                    throw new IOException("broken");
                })
                .edge(START, "pay")
                .edge(START, "bad")
                .edge("pay", END)
                .edge("bad", END)
                .build();

        assertThrows(NodeException.class, () -> engine.run(graph, new In()));

        assertEquals(List.of("[paid] of 0"), undone);
    }

    @Test
    void aTaskThatFinishesAfterTheRunWasCancelledIsUndone() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Run<Out> run = engine.start(
                PolicyGraphs.single(
                        (view, context) -> {
                            inside.countDown();
                            while (cancelled.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            return word("late");
                        },
                        n -> n.compensate(undo)),
                new In());
        inside.await();

        run.cancel();
        cancelled.countDown();

        assertThrows(StudioException.class, run::await);
        assertEquals(List.of("[late] of 0"), undone);
    }

    @Test
    void aCancelledRunIsUndoneWithoutBeingInterrupted() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Graph<In, Out> graph = graph("g")
                .node(
                        "a",
                        saying(),
                        n -> n.compensate((view, update) -> {
                            interrupted.set(Thread.currentThread().isInterrupted());
                            undone.add("a");
                        }))
                .node("b", (view, context) -> {
                    inside.countDown();
                    return PolicyGraphs.block();
                })
                .edge(START, "a")
                .edge("a", "b")
                .edge("b", END)
                .build();
        Run<Out> run = engine.start(graph, new In());
        inside.await();

        run.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, run::await).code());
        assertEquals(List.of("a"), undone);
        assertEquals(false, interrupted.get());
    }

    @Test
    void aCompensationThatFailsIsKeptWithTheErrorAndTheOthersStillRun() {
        Compensation broken = (view, update) -> {
            Thread.currentThread().interrupt();
            throw new IOException("can't undo");
        };
        Graph<In, Out> graph = graph("g")
                .node("a", saying(), n -> n.compensate(undo))
                .node("b", saying(), n -> n.compensate(broken))
                .node("bad", FAILING)
                .edge(START, "a")
                .edge("a", "b")
                .edge("b", "bad")
                .edge("bad", END)
                .build();

        Run<Out> run = engine.start(graph, new In());
        NodeException error = assertThrows(NodeException.class, run::await);
        Thread.interrupted();

        assertEquals(List.of("[a0] of 2"), undone);
        assertEquals(1, error.getSuppressed().length);
        NodeException kept = (NodeException) error.getSuppressed()[0];
        assertEquals(
                "The compensation of node 'b' of graph 'g' failed in super-step 2, 'IOException: can't undo'",
                kept.what());
        List<RunEvent.NodeCompensated> events = events(run, RunEvent.NodeCompensated.class);
        assertSame(kept, events.get(0).error().orElseThrow());
        assertFalse(events.get(1).error().isPresent());
    }

    @Test
    void theTasksOfAFinishedSubgraphAreUndoneByTheTimeTheyFinished() {
        Graph<In, Out> inner = graph("inner")
                .node("x", saying(), n -> n.compensate(undo))
                .node("y", saying(), n -> n.compensate(undo))
                .edge(START, "x")
                .edge("x", "y")
                .edge("y", END)
                .build();
        Graph<In, Out> outer = graph("outer")
                .node("before", saying(), n -> n.compensate(undo))
                .subgraph("sub", inner, mapping(), n -> n.compensate(undo))
                .node("after", saying(), n -> n.compensate(undo))
                .node("bad", FAILING)
                .edge(START, "before")
                .edge("before", "sub")
                .edge("sub", "after")
                .edge("after", "bad")
                .edge("bad", END)
                .build();

        Run<Out> run = engine.start(outer, new In());

        assertThrows(NodeException.class, run::await);
        assertEquals(List.of("[after0] of 4", "[x0, y0] of 4", "[y0] of 2", "[x0] of 2", "[before0] of 4"), undone);
        assertEquals(
                List.of("after", "sub", "sub/y", "sub/x", "before"),
                events(run, RunEvent.NodeCompensated.class).stream()
                        .map(RunEvent.NodeCompensated::node)
                        .toList());
    }

    @Test
    void whatASubgraphHadDoneBeforeItFailedIsUndoneWithTheRun() {
        Graph<In, Out> inner = graph("inner")
                .node("x", saying(), n -> n.compensate(undo))
                .node("bad", FAILING)
                .edge(START, "x")
                .edge("x", "bad")
                .edge("bad", END)
                .build();

        assertThrows(NodeException.class, () -> engine.run(PolicyGraphs.around(inner, n -> n), new In()));

        assertEquals(List.of("[x0] of 1"), undone);
    }
}
