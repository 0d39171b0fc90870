package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.around;
import static dev.datastudio.graph.run.PolicyGraphs.events;
import static dev.datastudio.graph.run.PolicyGraphs.fanOut;
import static dev.datastudio.graph.run.PolicyGraphs.single;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.NodeCache;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import dev.datastudio.testkit.cache.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeCacheTest {
    static final Duration HOUR = Duration.ofHours(1);
    static final NodeCache ALWAYS = NodeCache.by(view -> "same", HOUR);

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    final Engine engine = Engine.builder().clock(clock).build();
    final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    NodeFunction counting() {
        return (view, context) -> word("call " + calls.incrementAndGet());
    }

    @Test
    void anEqualKeyGivesTheEarlierUpdateInAnotherRunToo() {
        assertEquals(
                List.of("call 1"),
                engine.run(single(counting(), n -> n.cache(ALWAYS)), new In()).words());

        Run<Out> again = engine.start(single(counting(), n -> n.cache(ALWAYS)), new In());

        assertEquals(List.of("call 1"), again.await().words());
        assertEquals(1, calls.get());
        assertEquals(1, events(again, RunEvent.NodeFinished.class).size());
    }

    @Test
    void anotherKeyTenantNodeGraphOrVersionIsDoneAnew() {
        Graph<In, Out> graph = single(counting(), n -> n.cache(ALWAYS));
        engine.run(graph, new In());

        engine.run(single(counting(), n -> n.cache(NodeCache.by(view -> "other", HOUR))), new In());
        engine.run(
                graph,
                new In(),
                RunOptions.builder().caller(new Caller("acme", "ann")).build());
        engine.run(
                PolicyGraphs.graph("g")
                        .node("b", counting(), n -> n.cache(ALWAYS))
                        .edge(START, "b")
                        .edge("b", END)
                        .build(),
                new In());
        engine.run(
                PolicyGraphs.graph("h")
                        .node("a", counting(), n -> n.cache(ALWAYS))
                        .edge(START, "a")
                        .edge("a", END)
                        .build(),
                new In());
        engine.run(
                Graph.define("g", 2)
                        .input(In.class)
                        .output(Out.class)
                        .channels(PolicyGraphs.WORDS)
                        .node("a", counting(), n -> n.cache(ALWAYS))
                        .edge(START, "a")
                        .edge("a", END)
                        .build(),
                new In());

        assertEquals(6, calls.get());
    }

    @Test
    void theItemOfAFanOutIsPartOfTheKey() {
        Graph<In, Out> graph = fanOut(3, counting(), n -> n.cache(ALWAYS));

        List<String> first = engine.run(graph, new In()).words();

        assertEquals(3, calls.get());
        assertEquals(first, engine.run(graph, new In()).words());
        assertEquals(3, calls.get());
    }

    @Test
    void anUpdateIsUsedUntilItsTimeIsOver() {
        Graph<In, Out> graph = single(counting(), n -> n.cache(ALWAYS));
        engine.run(graph, new In());
        clock.advance(HOUR.minusNanos(1));
        assertEquals(List.of("call 1"), engine.run(graph, new In()).words());

        clock.advance(Duration.ofNanos(1));

        assertEquals(List.of("call 2"), engine.run(graph, new In()).words());
    }

    @Test
    void noMoreUpdatesAreKeptThanAllowed() {
        Graph<In, Out> graph = fanOut(50, counting(), n -> n.cache(new NodeCache(view -> "same", HOUR, 10)));
        engine.run(graph, new In());

        engine.run(graph, new In());

        assertTrue(calls.get() >= 90, calls.toString());
    }

    @Test
    void failuresAreNotKept() {
        Graph<In, Out> graph = single(
                (view, context) -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("broken");
                    }
                    return word("ok");
                },
                n -> n.cache(ALWAYS));

        assertThrows(NodeException.class, () -> engine.run(graph, new In()));

        assertEquals(List.of("ok"), engine.run(graph, new In()).words());
    }

    @Test
    void runsThatNeedTheSameResultMakeItOnce() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(5);
        Graph<In, Out> graph = single(
                (view, context) -> {
                    inside.countDown();
                    go.await();
                    return word("call " + calls.incrementAndGet());
                },
                n -> n.cache(ALWAYS));
        Run<Out> first = engine.start(graph, new In());
        inside.await();
        List<Run<Out>> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(engine.start(graph, new In(), telling(started)));
        }
        started.await();

        go.countDown();

        assertEquals(List.of("call 1"), first.await().words());
        others.forEach(run -> assertEquals(List.of("call 1"), run.await().words()));
        assertEquals(1, calls.get());
    }

    static RunOptions telling(CountDownLatch started) {
        return RunOptions.builder()
                .listener(event -> {
                    if (event instanceof RunEvent.NodeStarted) {
                        started.countDown();
                    }
                })
                .build();
    }

    @Test
    void whenTheOneThatMakesAResultIsCancelledAnotherTakesOver() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Graph<In, Out> graph = single(
                (view, context) -> {
                    if (calls.incrementAndGet() == 1) {
                        inside.countDown();
                        return PolicyGraphs.block();
                    }
                    return word("taken over");
                },
                n -> n.cache(ALWAYS));
        Run<Out> first = engine.start(graph, new In());
        inside.await();
        Run<Out> second = engine.start(graph, new In(), telling(started));
        started.await();

        first.cancel();

        assertThrows(StudioException.class, first::await);
        assertEquals(List.of("taken over"), second.await().words());
    }

    @Test
    void cancelReachesANodeThatWaitsForTheResultOfAnother() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Graph<In, Out> graph = single(
                (view, context) -> {
                    inside.countDown();
                    go.await();
                    return word("made");
                },
                n -> n.cache(ALWAYS));
        Run<Out> first = engine.start(graph, new In());
        inside.await();
        Run<Out> second = engine.start(graph, new In(), telling(started));
        started.await();

        second.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, second::await).code());
        go.countDown();
        assertEquals(List.of("made"), first.await().words());
    }

    @Test
    void aResultThatNeedsItselfIsMadeTwiceInsteadOfWaitingForEver() {
        AtomicInteger depth = new AtomicInteger();
        List<Graph<In, Out>> self = new ArrayList<>();
        Graph<In, Out> graph = single(
                (view, context) -> depth.incrementAndGet() == 1
                        ? Update.of(PolicyGraphs.WORDS.addAll(
                                engine.run(self.get(0), new In()).words()))
                        : word("inner"),
                n -> n.cache(ALWAYS));
        self.add(graph);

        assertEquals(List.of("inner"), engine.run(graph, new In()).words());
    }

    @Test
    void aSubgraphIsKeptAsAWhole() {
        Graph<In, Out> graph = around(fanOut(3, counting(), n -> n), n -> n.cache(ALWAYS));
        List<String> first = engine.run(graph, new In()).words();

        assertEquals(first, engine.run(graph, new In()).words());
        assertEquals(3, calls.get());
    }

    @Test
    @SuppressWarnings("NullAway") // a key function that breaks its promise is what the check is for
    void aKeyThatIsNullIsNamed() {
        Function<View, Object> key = view -> null;

        NodeException error = assertThrows(
                NodeException.class,
                () -> engine.run(single(counting(), n -> n.cache(NodeCache.by(key, HOUR))), new In()));

        assertEquals("The key of the cache of node 'a' is null", error.what());
    }
}
