package dev.datastudio.graph.run;

import static dev.datastudio.graph.run.PolicyGraphs.around;
import static dev.datastudio.graph.run.PolicyGraphs.block;
import static dev.datastudio.graph.run.PolicyGraphs.events;
import static dev.datastudio.graph.run.PolicyGraphs.fanOut;
import static dev.datastudio.graph.run.PolicyGraphs.single;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeTimeoutTest {
    static final Duration LIMIT = Duration.ofSeconds(5);

    final ManualTimekeeper time = new ManualTimekeeper();
    final Engine engine = Engine.builder().timekeeper(time).build();
    final CountDownLatch inside = new CountDownLatch(1);

    @AfterEach
    void close() {
        engine.close();
    }

    static StudioException failure(Run<Out> run) {
        return assertThrows(StudioException.class, run::await);
    }

    @Test
    void aTryThatTakesTooLongIsInterruptedAndFails() throws InterruptedException {
        Run<Out> run = engine.start(
                single(
                        (view, context) -> {
                            inside.countDown();
                            return block();
                        },
                        n -> n.timeout(LIMIT)),
                new In());
        inside.await();

        time.advance(LIMIT);

        StudioException error = failure(run);
        assertEquals(ErrorCode.NODE_TIMEOUT, error.code());
        assertEquals("Node 'a' of graph 'g' took longer than its timeout of PT5S in super-step 1, try 1", error.what());
        assertEquals("Raise the timeout of the node, or have it do less", error.mend());
        assertEquals(1, events(run, RunEvent.NodeFailed.class).size());
    }

    @Test
    void aTryInTimeIsLeftAloneAndItsAlarmForgotten() {
        Run<Out> run = engine.start(single((view, context) -> word("ok"), n -> n.timeout(LIMIT)), new In());

        assertEquals(List.of("ok"), run.await().words());
        assertEquals(List.of(LIMIT), time.asked());
        assertEquals(0, time.pending());
    }

    @Test
    void whatIsReturnedTooLateIsDropped() throws InterruptedException {
        CountDownLatch late = new CountDownLatch(1);
        Run<Out> run = engine.start(
                single(
                        (view, context) -> {
                            inside.countDown();
                            while (late.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            return word("late");
                        },
                        n -> n.timeout(LIMIT)),
                new In());
        inside.await();

        time.advance(LIMIT);
        late.countDown();

        assertEquals(ErrorCode.NODE_TIMEOUT, failure(run).code());
    }

    @Test
    void aTimedOutTryMayBeTriedAgainWithAFreshInterruptFlagAndCancellation() throws InterruptedException {
        AtomicReference<Cancellation> first = new AtomicReference<>();
        Run<Out> run = engine.start(
                single(
                        (view, context) -> {
                            if (context.attempt() == 1) {
                                first.set(context.cancellation());
                                inside.countDown();
                                while (!context.cancellation().isCancelled()) {
                                    Thread.onSpinWait();
                                }
                                throw new IllegalStateException("given up");
                            }
                            assertFalse(Thread.currentThread().isInterrupted());
                            assertFalse(context.cancellation().isCancelled());
                            return word("try " + context.attempt());
                        },
                        n -> n.timeout(LIMIT).retry(Retry.fixed(2, Duration.ZERO))),
                new In());
        inside.await();

        time.advance(LIMIT);

        assertEquals(List.of("try 2"), run.await().words());
        assertTrue(Objects.requireNonNull(first.get()).isCancelled());
        RunEvent.NodeRetried retried = events(run, RunEvent.NodeRetried.class).get(0);
        assertEquals(ErrorCode.NODE_TIMEOUT, retried.error().code());
    }

    @Test
    void theInterruptNeverReachesTheThreadsNextTask() throws InterruptedException {
        try (Engine narrow = Engine.builder().timekeeper(time).maxConcurrency(1).build()) {
            CountDownLatch started = new CountDownLatch(1);
            Run<Out> run = narrow.start(
                    fanOut(
                            2,
                            (view, context) -> {
                                if (context.task() == 0 && context.attempt() == 1) {
                                    started.countDown();
                                    return block();
                                }
                                return word("clean " + !Thread.currentThread().isInterrupted());
                            },
                            n -> n.timeout(LIMIT).retry(Retry.fixed(2, Duration.ZERO))),
                    new In());
            started.await();

            time.advance(LIMIT);

            assertEquals(List.of("clean true", "clean true"), run.await().words());
        }
    }

    @Test
    void cancelReachesANodeWithATimeout() throws InterruptedException {
        Run<Out> run = engine.start(
                single(
                        (view, context) -> {
                            inside.countDown();
                            return block();
                        },
                        n -> n.timeout(LIMIT)),
                new In());
        inside.await();

        run.cancel();

        assertEquals(ErrorCode.CANCELLED, failure(run).code());
        assertEquals(0, time.pending());
        assertEquals(1, events(run, RunEvent.NodeCancelled.class).size());
    }

    @Test
    void aTimeoutOfASubgraphStopsItsParallelNodesAndMayBeTriedAgain() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(3);
        AtomicBoolean slow = new AtomicBoolean(true);
        Run<Out> run = engine.start(
                around(
                        fanOut(
                                3,
                                (view, context) -> {
                                    if (slow.get()) {
                                        all.countDown();
                                        return block();
                                    }
                                    return word("w" + context.task());
                                },
                                n -> n),
                        n -> n.timeout(LIMIT).retry(Retry.fixed(2, Duration.ZERO))),
                new In());
        all.await();
        slow.set(false);

        time.advance(LIMIT);

        assertEquals(List.of("w0", "w1", "w2"), run.await().words());
        assertEquals(3, events(run, RunEvent.NodeCancelled.class).size());
        RunEvent.NodeRetried retried = events(run, RunEvent.NodeRetried.class).get(0);
        assertEquals("sub", retried.node());
        assertEquals(ErrorCode.NODE_TIMEOUT, retried.error().code());
    }

    @Test
    void theClockOfTheMachineEndsANodeThatNeverEnds() {
        try (Engine real = Engine.create()) {
            StudioException error = assertThrows(
                    StudioException.class,
                    () -> real.run(single((view, context) -> block(), n -> n.timeout(Duration.ofMillis(1))), new In()));

            assertEquals(ErrorCode.NODE_TIMEOUT, error.code());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }
}
