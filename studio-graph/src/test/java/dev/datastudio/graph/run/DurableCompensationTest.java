package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.WORDS;
import static dev.datastudio.graph.run.PolicyGraphs.graph;
import static dev.datastudio.graph.run.PolicyGraphs.mapping;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Compensation;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import dev.datastudio.testkit.cache.SettableClock;
import dev.datastudio.testkit.checkpoint.FaultInjectingCheckpointStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Undoing runs that have a thread, also over the end of a process. */
@Timeout(60)
class DurableCompensationTest {
    final FaultInjectingCheckpointStore store = FaultInjectingCheckpointStore.around(InMemoryCheckpointStore.create());
    final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final Engine engine = Engine.builder().store(store).clock(clock).build();
    final List<String> undone = new CopyOnWriteArrayList<>();
    final AtomicBoolean broken = new AtomicBoolean(true);
    final Compensation undo = (view, update) ->
            undone.add(update.writes().get(0).value() + " of " + view.get(WORDS).size());

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    static RunOptions thread(Durability durability) {
        return RunOptions.builder().thread("t").durability(durability).build();
    }

    static NodeFunction saying() {
        return (view, context) -> word(context.node() + context.task());
    }

    NodeFunction failing() {
        return (view, context) -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return word("mended");
        };
    }

    /** Undoes a0, three of 'each' and, in a sub-graph, in0; then asks and fails. */
    private Graph<In, Out> graphs() {
        Graph<In, Out> inner = graph("inner")
                .node("in", saying(), n -> n.compensate(undo))
                .edge(START, "in")
                .edge("in", END)
                .build();
        return graph("g")
                .node("a", saying(), n -> n.compensate(undo))
                .node("each", saying(), n -> n.compensate(undo))
                .subgraph("sub", inner, mapping())
                .node("ask", (view, context) -> word(context.interrupt("q", "?", String.class)))
                .node("bad", failing())
                .edge(START, "a")
                .fanOut("a", v -> IntStream.range(0, 3).boxed().toList(), "each")
                .edge("each", "sub")
                .edge("sub", "ask")
                .edge("ask", "bad")
                .edge("bad", END)
                .build();
    }

    private void asked(Graph<In, Out> graph, Durability durability) {
        RunOutcome<Out> outcome =
                engine.start(graph, new In(), thread(durability)).outcome();
        assertInstanceOf(RunOutcome.Interrupted.class, outcome);
    }

    private Run<Out> answered(Graph<In, Out> graph, Durability durability) {
        return engine.resume(graph, "t", Resume.answer("ask:4:0?q", "yes"), thread(durability));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatAnEarlierProcessDidIsUndoneWhenTheResumedRunFails(Durability durability) {
        Graph<In, Out> graph = graphs();
        asked(graph, durability);

        Run<Out> run = answered(graph, durability);

        assertThrows(NodeException.class, run::await);
        assertEquals(5, undone.size(), undone.toString());
        assertTrue(undone.get(0).startsWith("[in0]"), undone.toString());
        assertEquals(
                "[each2, each1, each0, a0]",
                undone.subList(1, 5).stream()
                        .map(each -> each.substring(1, each.indexOf(']')))
                        .toList()
                        .toString());
        List<String> names = run.events().stream()
                .filter(RunEvent.NodeCompensated.class::isInstance)
                .map(event -> ((RunEvent.NodeCompensated) event).node())
                .toList();
        assertEquals(List.of("sub/in", "each", "each", "each", "a"), names);
    }

    @Test
    void aThreadThatWasUndoneIsNotResumedButForked() {
        Graph<In, Out> graph = graphs();
        asked(graph, Durability.GROUP);
        assertThrows(
                NodeException.class, () -> answered(graph, Durability.GROUP).await());

        StudioException refused = assertThrows(StudioException.class, () -> engine.resume(graph, "t", Resume.goOn()));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.what().contains("was undone after it failed"), refused.what());
        assertTrue(refused.mend().contains("Fork it from checkpoint"), refused.mend());
        Threads threads = engine.threads(Caller.LOCAL);
        assertEquals(ThreadStatus.FAILED, threads.find("t").orElseThrow().status());
        long last = threads.history(graph, "t")
                .get(threads.history(graph, "t").size() - 1)
                .sequence();
        assertTrue(refused.mend().contains(" " + last + " "), refused.mend());
        threads.fork(graph, "t", last, "fork", Update.none());
        broken.set(false);
        Out out = engine.resume(graph, "fork", Resume.goOn()).await();
        assertTrue(out.words().contains("mended"), out.toString());
        assertEquals(5, undone.size());
    }

    @Test
    void aForkThatFailsUndoesNothingOfTheOlderThread() {
        Graph<In, Out> graph = graphs();
        asked(graph, Durability.GROUP);
        Threads threads = engine.threads(Caller.LOCAL);
        long last = threads.history(graph, "t")
                .get(threads.history(graph, "t").size() - 1)
                .sequence();
        threads.fork(graph, "t", last, "fork", Update.none());

        assertThrows(
                NodeException.class,
                () -> engine.resume(graph, "fork", Resume.answer("ask:4:0?q", "yes"))
                        .await());

        assertEquals(List.of(), undone);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCrashAtAnyMomentOfUndoingNeitherRepeatsNorForgetsOne(Durability durability) {
        int calls = callsOfUndoing(durability);
        for (int call = 1; call <= calls; call++) {
            DurableCompensationTest other = new DurableCompensationTest();
            other.crash(durability, call);
            other.close();
        }
    }

    private int callsOfUndoing(Durability durability) {
        DurableCompensationTest calm = new DurableCompensationTest();
        Graph<In, Out> graph = calm.graphs();
        calm.asked(graph, durability);
        calm.store.heal();
        assertThrows(NodeException.class, () -> calm.answered(graph, durability).await());
        int calls = calm.store.calls();
        calm.close();
        assertTrue(calls > 10, "only " + calls + " calls");
        return calls;
    }

    private void crash(Durability durability, int call) {
        Graph<In, Out> graph = graphs();
        asked(graph, durability);
        store.heal().failAfter(call);
        StudioException failure = null;
        try {
            answered(graph, durability).await();
        } catch (StudioException e) {
            failure = e;
        }
        assertTrue(failure != null, "call " + call);
        store.heal();
        clock.advance(Duration.ofMinutes(1));

        ThreadStatus before =
                engine.threads(Caller.LOCAL).find("t").orElseThrow().status();
        StudioException end = assertThrows(StudioException.class, () -> again(graph, durability));

        String named = durability + ", call " + call + ", it was " + before + ", ended by " + end;
        assertEquals(
                ThreadStatus.FAILED,
                engine.threads(Caller.LOCAL).find("t").orElseThrow().status(),
                named);
        // An undoing that a process began and had no time to note is done again: it can't be known that it was done.
        assertEquals(5, undone.stream().distinct().count(), named + undone);
        assertTrue(undone.size() <= 6, named + undone);
    }

    private void again(Graph<In, Out> graph, Durability durability) {
        Run<Out> again = engine.resume(graph, "t", Resume.goOn(), thread(durability));
        if (again.outcome() instanceof RunOutcome.Interrupted) {
            again = answered(graph, durability);
        }
        again.await();
    }

    @Test
    void aStoreThatFailsUndoesNothing() {
        Graph<In, Out> graph = graph("g")
                .node("a", saying(), n -> n.compensate(undo))
                .node("b", (view, context) -> {
                    store.failBefore(store.calls() + 1);
                    return word(context.step("x", String.class, () -> "y"));
                })
                .edge(START, "a")
                .edge("a", "b")
                .edge("b", END)
                .build();

        StudioException failure =
                assertThrows(StudioException.class, () -> engine.run(graph, new In(), thread(Durability.SYNC)));

        assertEquals(ErrorCode.STORAGE_FAILED, failure.code());
        assertEquals(List.of(), undone);
        store.heal();
        clock.advance(Duration.ofMinutes(1));
        broken.set(false);
        assertEquals(
                ThreadStatus.RUNNING,
                engine.threads(Caller.LOCAL).find("t").orElseThrow().status());
    }

    @Test
    void aSubGraphThatWasTriedAgainIsUndoneForEachTry() {
        AtomicInteger tries = new AtomicInteger();
        Graph<In, Out> inner = graph("inner")
                .node("in", (view, context) -> word("try " + tries.get()), n -> n.compensate(undo))
                .node("flaky", (view, context) -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("flaky");
                    }
                    return Update.none();
                })
                .edge(START, "in")
                .edge("in", "flaky")
                .edge("flaky", END)
                .build();
        GraphBuilder<In, Out> outer = graph("g")
                .subgraph("sub", inner, mapping(), n -> n.retry(Retry.fixed(3, Duration.ZERO)))
                .node("ask", (view, context) -> word(context.interrupt("q", "?", String.class)))
                .node("bad", failing());
        Graph<In, Out> graph = outer.edge(START, "sub")
                .edge("sub", "ask")
                .edge("ask", "bad")
                .edge("bad", END)
                .build();
        engine.start(graph, new In(), thread(Durability.GROUP)).outcome();

        assertThrows(
                NodeException.class,
                () -> engine.resume(graph, "t", Resume.answer("ask:2:0?q", "yes"))
                        .await());

        assertEquals(
                List.of("[try 2]", "[try 1]", "[try 0]"),
                undone.stream().map(each -> each.substring(0, 7)).toList());
    }

    @Test
    void aSecondTurnUndoesNothingOfTheFirst() {
        broken.set(false);
        Graph<In, Out> graph = graph("g")
                .node("a", saying(), n -> n.compensate(undo))
                .node("bad", failing())
                .edge(START, "a")
                .edge("a", "bad")
                .edge("bad", END)
                .build();
        engine.run(graph, new In(), thread(Durability.GROUP));
        broken.set(true);

        assertThrows(
                NodeException.class,
                () -> engine.next(graph, new In(), thread(Durability.GROUP)).await());

        assertEquals(1, undone.size(), undone.toString());
    }

    @Test
    void aRunThatItsEngineLeavesIsNotUndoneAndGoesOnInAnother() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean waits = new AtomicBoolean(true);
        Graph<In, Out> graph = graph("g")
                .node("a", saying(), n -> n.compensate(undo))
                .node("b", (view, context) -> {
                    inside.countDown();
                    if (waits.get()) {
                        new CountDownLatch(1).await();
                    }
                    return word("b");
                })
                .edge(START, "a")
                .edge("a", "b")
                .edge("b", END)
                .build();
        Engine leaving = Engine.builder().store(store).build();
        Run<Out> run = leaving.start(graph, new In(), thread(Durability.SYNC));
        inside.await();

        leaving.close();
        assertInstanceOf(RunOutcome.Cancelled.class, run.outcome());
        waits.set(false);
        Out out = engine.resume(graph, "t", Resume.goOn()).await();

        assertEquals(List.of(), undone);
        assertEquals(2, out.words().size());
    }

    @Test
    void noNodeMayPerformAnEffectUnderTheNameOfAnUndoing() {
        Graph<In, Out> graph = graph("g")
                .node("a", (view, context) -> word(context.effect("$undo/a:1:0", String.class, key -> "x")))
                .edge(START, "a")
                .edge("a", END)
                .build();

        NodeException refused = assertThrows(NodeException.class, () -> engine.run(graph, new In()));

        assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    }
}
