package dev.datastudio.graph.event;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.RunEvent.NodeCancelled;
import dev.datastudio.graph.event.RunEvent.NodeFailed;
import dev.datastudio.graph.event.RunEvent.NodeFinished;
import dev.datastudio.graph.event.RunEvent.NodeInterrupted;
import dev.datastudio.graph.event.RunEvent.NodeStarted;
import dev.datastudio.graph.event.RunEvent.RunCancelled;
import dev.datastudio.graph.event.RunEvent.RunFailed;
import dev.datastudio.graph.event.RunEvent.RunFinished;
import dev.datastudio.graph.event.RunEvent.RunInterrupted;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever ends a task, each one that began has exactly one event that says so, before the run's last. */
@Timeout(60)
class TaskEndTest {
    record In() {}

    record Out() {}

    final Engine engine =
            Engine.builder().store(InMemoryCheckpointStore.create()).build();

    @AfterEach
    void close() {
        engine.close();
    }

    static GraphBuilder<In, Out> define(String name) {
        return Graph.define(name, 1).input(In.class).output(Out.class);
    }

    static NodeFunction returns() {
        return (view, context) -> Update.none();
    }

    static NodeFunction waits(CountDownLatch begun) {
        return (view, context) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Update.none();
        };
    }

    static NodeFunction asks() {
        return (view, context) -> {
            context.interrupt("why", "Why?", String.class);
            return Update.none();
        };
    }

    static Graph<In, Out> around(Graph<In, Out> inner) {
        return define("outer")
                .subgraph("sub", inner, Mapping.of((view, context) -> new In(), out -> Update.none()))
                .node("beside", returns())
                .edge(START, "sub")
                .edge(START, "beside")
                .edge("sub", END)
                .edge("beside", END)
                .build();
    }

    /** Sixteen tasks of one node beside each other. */
    static Graph<In, Out> wide(NodeFunction work) {
        return define("wide")
                .node("split", returns())
                .node("work", work)
                .edge(START, "split")
                .fanOut("split", view -> IntStream.range(0, 16).boxed().toList(), "work")
                .edge("work", END)
                .build();
    }

    static List<String> tasks(Run<Out> run, Class<?>... kinds) {
        List<String> tasks = new ArrayList<>();
        for (RunEvent event : run.events()) {
            if (List.of(kinds).contains(event.getClass())) {
                tasks.add(task(event));
            }
        }
        return tasks.stream().sorted().toList();
    }

    private static String task(RunEvent event) {
        if (event instanceof NodeStarted start) {
            return start.step() + start.node() + start.task();
        } else if (event instanceof NodeFinished done) {
            return done.step() + done.node() + done.task();
        } else if (event instanceof NodeFailed failed) {
            return failed.step() + failed.node() + failed.task();
        } else if (event instanceof NodeCancelled cancelled) {
            return cancelled.step() + cancelled.node() + cancelled.task();
        } else if (event instanceof NodeInterrupted waiting) {
            return waiting.step() + waiting.node() + waiting.task();
        }
        throw new AssertionError(event);
    }

    static void assertEachEndsOnce(Run<Out> run, Class<? extends RunEvent> end) {
        assertInstanceOf(end, run.events().get(run.events().size() - 1));
        List<String> began = tasks(run, NodeStarted.class);
        assertFalse(began.isEmpty());
        assertEquals(
                began,
                tasks(run, NodeFinished.class, NodeFailed.class, NodeCancelled.class, NodeInterrupted.class),
                () -> run.events().toString());
    }

    Run<Out> ended(Graph<In, Out> graph, RunOptions options) {
        Run<Out> run = engine.start(graph, new In(), options);
        run.outcome();
        return run;
    }

    @Test
    void inASubgraphThatFinishes() {
        assertEachEndsOnce(ended(around(wide(returns())), RunOptions.defaults()), RunFinished.class);
    }

    @Test
    void whenOneOfManyFails() {
        AtomicInteger count = new AtomicInteger();
        NodeFunction some = (view, context) -> {
            if (count.incrementAndGet() == 8) {
                throw new IllegalStateException("broken");
            }
            return Update.none();
        };

        assertEachEndsOnce(ended(around(wide(some)), RunOptions.defaults()), RunFailed.class);
    }

    @Test
    void whenTheOwnerCancels() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        Run<Out> run = engine.start(around(wide(waits(begun))), new In());
        begun.await();
        run.cancel();
        run.outcome();

        assertEachEndsOnce(run, RunCancelled.class);
    }

    @Test
    void whenTheyAskInASubgraph() {
        RunOptions options = RunOptions.builder().thread("asks").build();

        Run<Out> run = ended(around(wide(asks())), options);

        assertEachEndsOnce(run, RunInterrupted.class);
        assertTrue(tasks(run, NodeInterrupted.class).contains("1sub0"));
    }

    @Test
    void whenTheyRunOutOfTimeAndOfTries() {
        Graph<In, Out> slow = define("slow")
                .node(
                        "work",
                        waits(new CountDownLatch(1)),
                        n -> n.timeout(Duration.ofMillis(5)).retry(Retry.fixed(3, Duration.ofMillis(1))))
                .edge(START, "work")
                .edge("work", END)
                .build();

        assertEachEndsOnce(ended(around(slow), RunOptions.defaults()), RunFailed.class);
    }

    @Test
    void whenAJoinGoesOnWithoutThem() {
        for (int i = 0; i < 50; i++) {
            Graph<In, Out> race = define("race")
                    .node("quick", returns())
                    .node("slow", waits(new CountDownLatch(1)))
                    .node("other", returns())
                    .node("join", returns(), n -> n.join(Join.any().cancelRest()))
                    .edge(START, "quick")
                    .edge(START, "slow")
                    .edge(START, "other")
                    .edge("quick", "join")
                    .edge("slow", "join")
                    .edge("other", "join")
                    .edge("join", END)
                    .build();

            assertEachEndsOnce(ended(around(race), RunOptions.defaults()), RunFinished.class);
        }
    }
}
