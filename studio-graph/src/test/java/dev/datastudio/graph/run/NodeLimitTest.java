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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeLimitTest {
    final ManualTimekeeper time = new ManualTimekeeper();
    final Engine engine = Engine.builder().timekeeper(time).build();
    final AtomicInteger using = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    NodeFunction counted(NodeFunction body) {
        return (view, context) -> {
            most.accumulateAndGet(using.incrementAndGet(), Math::max);
            try {
                return body.apply(view, context);
            } finally {
                using.decrementAndGet();
            }
        };
    }

    static Graph<In, Out> held(CountDownLatch inside, CountDownLatch go) {
        return single(
                (view, context) -> {
                    inside.countDown();
                    go.await();
                    return word("held");
                },
                n -> n.limit("db", 1));
    }

    @Test
    void soManyTasksUseAResourceAndNoMoreInAllRunsTogether() {
        CyclicBarrier pairs = new CyclicBarrier(2);
        Graph<In, Out> graph = fanOut(
                6,
                counted((view, context) -> {
                    pairs.await();
                    return word("w");
                }),
                n -> n.limit("db", 2));

        List<Run<Out>> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(engine.start(graph, new In()));
        }

        runs.forEach(run -> assertEquals(6, run.await().words().size()));
        assertEquals(2, most.get());
    }

    @Test
    void ofSeveralLimitsOnOneResourceTheLowestHolds() {
        Graph<In, Out> wide = fanOut(8, counted((view, context) -> word("w")), n -> n.limit("db", 8));
        engine.run(single((view, context) -> word("narrow"), n -> n.limit("db", 1)), new In());

        engine.run(wide, new In());

        assertEquals(1, most.get());
    }

    @Test
    void otherResourcesAreNotHeldUp() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Run<Out> holder = engine.start(held(inside, go), new In());
        inside.await();

        assertEquals(
                List.of("free"),
                engine.run(single((view, context) -> word("free"), n -> n.limit("web", 1)), new In())
                        .words());

        go.countDown();
        holder.await();
    }

    @Test
    void cancelReachesANodeThatWaitsForItsLimitAndTakesNothing() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Run<Out> holder = engine.start(held(inside, go), new In());
        inside.await();
        CountDownLatch started = new CountDownLatch(1);
        Run<Out> waiting = engine.start(
                single((view, context) -> word("never"), n -> n.limit("db", 1)),
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
        go.countDown();
        assertEquals(List.of("held"), holder.await().words());
        assertEquals(List.of("held"), engine.run(held(inside, go), new In()).words());
    }

    @Test
    void aNodeThatWaitsForItsNextTryLeavesTheResourceToOthers() throws InterruptedException {
        Run<Out> failing = engine.start(
                single(
                        (view, context) -> {
                            if (context.attempt() == 1) {
                                throw new IllegalStateException("busy");
                            }
                            return word("second");
                        },
                        n -> n.limit("db", 1).retry(Retry.fixed(2, Duration.ofHours(1)))),
                new In());
        time.awaitAsked(1);

        assertEquals(
                List.of("between"),
                engine.run(single((view, context) -> word("between"), n -> n.limit("db", 1)), new In())
                        .words());

        time.advance(Duration.ofHours(1));
        assertEquals(List.of("second"), failing.await().words());
    }

    @Test
    void aNodeThatFailsGivesItsPermitBack() {
        Graph<In, Out> failing = single(
                (view, context) -> {
                    throw new IllegalStateException("broken");
                },
                n -> n.limit("db", 1));
        for (int i = 0; i < 3; i++) {
            assertThrows(NodeException.class, () -> engine.run(failing, new In()));
        }

        assertEquals(
                List.of("ok"),
                engine.run(single((view, context) -> word("ok"), n -> n.limit("db", 1)), new In())
                        .words());
    }

    @Test
    void theTimeoutCountsFromWhenTheNodeHasItsPermit() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Run<Out> holder = engine.start(held(inside, go), new In());
        inside.await();
        Run<Out> waiting = engine.start(
                single((view, context) -> word("patient"), n -> n.limit("db", 1).timeout(Duration.ofSeconds(1))),
                new In());

        time.advance(Duration.ofHours(1));
        go.countDown();

        assertEquals(List.of("patient"), waiting.await().words());
        holder.await();
    }

    @Test
    void aSubgraphLendsItsPermitToItsNodesOneAtATime() {
        Graph<In, Out> inner = fanOut(4, counted((view, context) -> word("w" + context.task())), n -> n.limit("db", 1));

        Out out = engine.run(around(inner, n -> n.limit("db", 1)), new In());

        assertEquals(List.of("w0", "w1", "w2", "w3"), out.words());
        assertEquals(1, most.get());
    }

    @Test
    void permitsAreLentThroughSeveralLevels() {
        Graph<In, Out> inner = fanOut(3, (view, context) -> word("w"), n -> n.limit("db", 1));
        Graph<In, Out> middle = around(inner, n -> n);
        Graph<In, Out> upper = around(middle, n -> n.limit("db", 1));

        assertEquals(
                3,
                engine.run(around(upper, n -> n.limit("db", 1)), new In())
                        .words()
                        .size());
    }

    @Test
    void aRunThatANodeStartsBorrowsTheNodesPermit() {
        Graph<In, Out> inner = fanOut(3, (view, context) -> word("w"), n -> n.limit("db", 1));
        NodeFunction calling = (view, context) -> Update.of(
                PolicyGraphs.WORDS.addAll(engine.start(inner, new In()).await().words()));
        Graph<In, Out> outer = single(calling, n -> n.limit("db", 1));

        assertEquals(3, engine.run(outer, new In()).words().size());
        assertEquals(
                3,
                engine.run(around(single(calling, n -> n), n -> n.limit("db", 1)), new In())
                        .words()
                        .size());
    }

    @Test
    void aBorrowedPermitThatOutlivesItsLenderStillCounts() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Run<Out>> started = new ArrayList<>();
        engine.run(
                single(
                        (view, context) -> {
                            started.add(engine.start(held(inside, go), new In()));
                            inside.await();
                            return word("gone");
                        },
                        n -> n.limit("db", 1)),
                new In());
        CountDownLatch done = new CountDownLatch(1);
        Run<Out> next = engine.start(
                single(
                        (view, context) -> {
                            assertEquals(0, go.getCount());
                            done.countDown();
                            return word("next");
                        },
                        n -> n.limit("db", 1)),
                new In());

        go.countDown();

        assertEquals(List.of("next"), next.await().words());
        assertEquals(List.of("held"), started.get(0).await().words());
        assertEquals(0, done.getCount());
    }

    @Test
    void cancelReachesTheNodesOfASubgraphThatWaitForALentPermit() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Graph<In, Out> inner = fanOut(
                4,
                (view, context) -> {
                    inside.countDown();
                    return block();
                },
                n -> n.limit("db", 1));
        Run<Out> run = engine.start(around(inner, n -> n.limit("db", 1)), new In());
        inside.await();

        run.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, run::await).code());
        assertEquals(
                List.of("ok"),
                engine.run(single((view, context) -> word("ok"), n -> n.limit("db", 1)), new In())
                        .words());
    }
}
