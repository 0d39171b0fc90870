package dev.datastudio.graph.run;

import static dev.datastudio.graph.run.PolicyGraphs.events;
import static dev.datastudio.graph.run.PolicyGraphs.single;
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
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeRetryTest {
    final ManualTimekeeper time = new ManualTimekeeper();
    final Engine engine = Engine.builder().timekeeper(time).seed(7).build();
    final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    static Retry atOnce(int attempts) {
        return Retry.fixed(attempts, Duration.ZERO);
    }

    NodeFunction failing(int times) {
        return (view, context) -> {
            if (calls.incrementAndGet() <= times) {
                throw new IOException("no answer " + calls.get());
            }
            return word("try " + context.attempt());
        };
    }

    static List<Duration> millis(long... millis) {
        return LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
    }

    @Test
    void aFailedNodeIsTriedAgainAndKnowsWhichTryItIs() {
        Run<Out> run = engine.start(single(failing(2), n -> n.retry(atOnce(3))), new In());

        assertEquals(List.of("try 3"), run.await().words());
        List<RunEvent.NodeRetried> retried = events(run, RunEvent.NodeRetried.class);
        assertEquals(List.of(1, 2), retried.stream().map(e -> e.attempt()).toList());
        assertEquals(ErrorCode.NODE_FAILED, retried.get(0).error().code());
        assertEquals(1, events(run, RunEvent.NodeStarted.class).size());
        assertEquals(1, events(run, RunEvent.NodeFinished.class).size());
        assertEquals(List.of(), events(run, RunEvent.NodeFailed.class));
    }

    @Test
    void theWaitsGrowByTheFactorUpToTheLongest() throws InterruptedException {
        Retry retry = new Retry(6, Duration.ofMillis(200), 2, Duration.ofSeconds(1), 0, failure -> true);
        Run<Out> run = engine.start(single(failing(5), n -> n.retry(retry)), new In());
        for (int wait = 1; wait <= 5; wait++) {
            time.awaitAsked(wait);
            time.advance(time.asked().get(wait - 1));
        }

        assertEquals(List.of("try 6"), run.await().words());
        assertEquals(millis(200, 400, 800, 1_000, 1_000), time.asked());
        assertEquals(
                time.asked(),
                events(run, RunEvent.NodeRetried.class).stream()
                        .map(RunEvent.NodeRetried::delay)
                        .toList());
    }

    @Test
    void theNextTryWaitsForTheWholeDelay() throws InterruptedException {
        Run<Out> run = engine.start(single(failing(1), n -> n.retry(Retry.fixed(2, Duration.ofSeconds(5)))), new In());
        time.awaitAsked(1);

        time.advance(Duration.ofSeconds(5).minusNanos(1));
        assertEquals(1, time.pending());
        assertEquals(1, calls.get());
        time.advance(Duration.ofNanos(1));

        assertEquals(List.of("try 2"), run.await().words());
    }

    @Test
    void jitterTakesAPartOffAndRepeatsWithTheSeed() throws InterruptedException {
        List<List<Duration>> waits = new ArrayList<>();
        for (int seed : new int[] {1, 1, 2}) {
            ManualTimekeeper own = new ManualTimekeeper();
            calls.set(0);
            try (Engine seeded = Engine.builder().timekeeper(own).seed(seed).build()) {
                Run<Out> run = seeded.start(single(failing(3), n -> n.retry(Retry.exponential(4))), new In());
                for (int wait = 1; wait <= 3; wait++) {
                    own.awaitAsked(wait);
                    own.advance(own.asked().get(wait - 1));
                }
                run.await();
            }
            waits.add(own.asked());
        }

        assertEquals(waits.get(0), waits.get(1));
        assertFalse(waits.get(0).equals(waits.get(2)));
        List<Duration> full = millis(200, 400, 800);
        for (int i = 0; i < 3; i++) {
            Duration wait = waits.get(0).get(i);
            assertTrue(
                    wait.compareTo(full.get(i)) <= 0
                            && wait.compareTo(full.get(i).dividedBy(2)) >= 0,
                    wait + "");
        }
    }

    @Test
    void theLastFailureEndsTheRunAndCarriesTheEarlierOnes() {
        NodeException error = assertThrows(
                NodeException.class, () -> engine.run(single(failing(99), n -> n.retry(atOnce(3))), new In()));

        assertEquals("no answer 3", Objects.requireNonNull(error.getCause()).getMessage());
        assertEquals(
                List.of("no answer 1", "no answer 2"),
                Arrays.stream(error.getSuppressed()).map(Throwable::getMessage).toList());
    }

    @Test
    void onlyTheLatestTenEarlierFailuresAreKept() {
        NodeException error = assertThrows(
                NodeException.class, () -> engine.run(single(failing(999), n -> n.retry(atOnce(100))), new In()));

        assertEquals(100, calls.get());
        assertEquals(10, error.getSuppressed().length);
        assertEquals("no answer 99", error.getSuppressed()[9].getMessage());
    }

    @Test
    void theSameExceptionThrownEachTimeIsNoTrouble() {
        IllegalStateException same = new IllegalStateException("again");

        NodeException error = assertThrows(
                NodeException.class,
                () -> engine.run(
                        single(
                                (view, context) -> {
                                    throw same;
                                },
                                n -> n.retry(atOnce(3))),
                        new In()));

        assertSame(same, error.getCause());
        assertEquals(0, same.getSuppressed().length);
    }

    @Test
    void aRefusedFailureIsNotTriedAgain() {
        assertThrows(
                NodeException.class,
                () -> engine.run(
                        single(failing(9), n -> n.retry(atOnce(5).when(e -> !(e instanceof IOException)))), new In()));

        assertEquals(1, calls.get());
    }

    @Test
    void cancellationsErrorsAndMisuseOfChannelsAreNeverTriedAgain() {
        StudioException cancelled = new StudioException(ErrorCode.CANCELLED, "It was cancelled", "Start it again");
        Graph<In, Out> misuse = single(
                (view, context) -> {
                    calls.incrementAndGet();
                    return Update.of(Channel.last("other", String.class).set("x"));
                },
                n -> n.retry(atOnce(5)));
        List<Throwable> thrown = List.of(cancelled, new InterruptedException(), new StackOverflowError());

        for (Throwable one : thrown) {
            Graph<In, Out> graph = single(
                    (view, context) -> {
                        calls.incrementAndGet();
                        if (one instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) one;
                    },
                    n -> n.retry(atOnce(5)));
            assertThrows(NodeException.class, () -> engine.run(graph, new In()));
            assertEquals(one instanceof InterruptedException, Thread.interrupted());
        }
        assertEquals(
                ErrorCode.GRAPH_INVALID,
                assertThrows(NodeException.class, () -> engine.run(misuse, new In()))
                        .code());

        assertEquals(4, calls.get());
    }

    @Test
    void cancelReachesANodeThatWaitsForItsNextTry() throws InterruptedException {
        Run<Out> run = engine.start(single(failing(9), n -> n.retry(Retry.fixed(5, Duration.ofHours(1)))), new In());
        time.awaitAsked(1);

        run.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, run::await).code());
        assertEquals(1, calls.get());
        assertEquals(0, time.pending());
        assertEquals(1, events(run, RunEvent.NodeCancelled.class).size());
    }

    @Test
    void aNodeThatSwallowsTheInterruptOfACancelledRunIsNotTriedAgain() throws InterruptedException {
        Run<Out> run = engine.start(
                single(
                        (view, context) -> {
                            calls.incrementAndGet();
                            try {
                                return PolicyGraphs.block();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException("swallowed");
                            }
                        },
                        n -> n.retry(Retry.fixed(5, Duration.ofHours(1)))),
                new In());
        while (calls.get() == 0) {
            Thread.onSpinWait();
        }

        run.cancel();

        assertThrows(StudioException.class, run::await);
        assertEquals(1, calls.get());
    }

    @Test
    void aSubgraphIsTriedAgainAsAWhole() {
        Graph<In, Out> inner = single(failing(1), n -> n);

        Run<Out> run = engine.start(PolicyGraphs.around(inner, n -> n.retry(atOnce(2))), new In());

        assertEquals(List.of("try 1"), run.await().words());
        assertEquals("sub", events(run, RunEvent.NodeRetried.class).get(0).node());
    }
}
