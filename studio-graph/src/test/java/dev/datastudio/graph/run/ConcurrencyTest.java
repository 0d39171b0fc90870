package dev.datastudio.graph.run;

import static dev.datastudio.graph.run.PolicyGraphs.around;
import static dev.datastudio.graph.run.PolicyGraphs.block;
import static dev.datastudio.graph.run.PolicyGraphs.fanOut;
import static dev.datastudio.graph.run.PolicyGraphs.single;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyTest {
    final AtomicInteger working = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    NodeFunction counted(NodeFunction body) {
        return (view, context) -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            try {
                return body.apply(view, context);
            } finally {
                working.decrementAndGet();
            }
        };
    }

    @Test
    void theBoundHoldsForAllRunsTogetherTheirDriversIncluded() {
        CyclicBarrier three = new CyclicBarrier(3);
        try (Engine engine = Engine.builder().maxConcurrency(3).build()) {
            List<Run<Out>> runs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                runs.add(engine.start(
                        fanOut(
                                3,
                                counted((view, context) -> {
                                    three.await();
                                    return word("w");
                                }),
                                n -> n),
                        new In()));
            }

            runs.forEach(run -> assertEquals(3, run.await().words().size()));
        }
        assertEquals(3, most.get());
    }

    @Test
    void oneSlotIsEnoughForRunsInsideNodesAndSubgraphs() {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (Engine engine = Engine.builder().executor(one).maxConcurrency(1).build()) {
            Graph<In, Out> inner = fanOut(3, counted((view, context) -> word("w")), n -> n);
            NodeFunction starting = (view, context) -> Update.of(PolicyGraphs.WORDS.addAll(
                    engine.start(inner, new In()).await().words()));
            NodeFunction running = (view, context) -> Update.of(
                    PolicyGraphs.WORDS.addAll(engine.run(inner, new In()).words()));

            assertEquals(
                    9,
                    engine.start(fanOut(3, starting, n -> n), new In())
                            .await()
                            .words()
                            .size());
            assertEquals(
                    9, engine.run(fanOut(3, running, n -> n), new In()).words().size());
            assertEquals(
                    3,
                    engine.start(around(inner, n -> n), new In())
                            .await()
                            .words()
                            .size());
            assertEquals(1, most.get());
        } finally {
            one.shutdown();
        }
    }

    @Test
    void aNodeMayWaitForARunThatWasStartedOutsideOfIt() {
        try (Engine engine = Engine.builder().maxConcurrency(1).build()) {
            Run<Out> other = engine.start(fanOut(5, counted((view, context) -> word("w")), n -> n), new In());

            Out out = engine.run(
                    single(
                            (view, context) -> Update.of(
                                    PolicyGraphs.WORDS.addAll(other.await().words())),
                            n -> n),
                    new In());

            assertEquals(5, out.words().size());
        }
    }

    @Test
    void aNodeThatWaitsForItsNextTryTakesNoSlot() throws InterruptedException {
        ManualTimekeeper time = new ManualTimekeeper();
        try (Engine engine = Engine.builder().timekeeper(time).maxConcurrency(1).build()) {
            Run<Out> waiting = engine.start(
                    single(
                            (view, context) -> {
                                if (context.attempt() == 1) {
                                    throw new IllegalStateException("busy");
                                }
                                return word("second");
                            },
                            n -> n.retry(Retry.fixed(2, Duration.ofHours(1)))),
                    new In());
            time.awaitAsked(1);

            assertEquals(
                    List.of("free"),
                    engine.run(single((view, context) -> word("free"), n -> n), new In())
                            .words());
            time.advance(Duration.ofHours(1));
            assertEquals(List.of("second"), waiting.await().words());
        }
    }

    @Test
    void cancelReachesANodeThatWaitsForASlot() throws InterruptedException {
        try (Engine engine = Engine.builder().maxConcurrency(1).build()) {
            CountDownLatch inside = new CountDownLatch(1);
            Run<Out> holder = engine.start(
                    single(
                            (view, context) -> {
                                inside.countDown();
                                return block();
                            },
                            n -> n),
                    new In());
            inside.await();
            CountDownLatch started = new CountDownLatch(1);
            Run<Out> waiting = engine.start(
                    single((view, context) -> word("never"), n -> n),
                    new In(),
                    RunOptions.builder()
                            .listener(event -> {
                                if (event instanceof RunEvent.NodeStarted) {
                                    started.countDown();
                                }
                            })
                            .build());
            started.await();

            waiting.cancel();

            assertEquals(
                    ErrorCode.CANCELLED,
                    assertThrows(StudioException.class, waiting::await).code());
            holder.cancel();
            assertThrows(StudioException.class, holder::await);
            assertEquals(
                    List.of("free"),
                    engine.run(single((view, context) -> word("free"), n -> n), new In())
                            .words());
        }
    }
}
