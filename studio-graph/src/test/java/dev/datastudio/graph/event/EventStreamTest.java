package dev.datastudio.graph.event;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent.EventsDropped;
import dev.datastudio.graph.event.RunEvent.RunFailed;
import dev.datastudio.graph.event.RunEvent.RunFinished;
import dev.datastudio.graph.event.RunEvent.Terminal;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
    record In() {}

    record Out(Integer count) {}

    static final LastChannel<Integer> COUNT = Channel.last("count", Integer.class, 0);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static Graph<In, Out> graph(NodeFunction work) {
        return Graph.define("g", 1)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT)
                .node("work", work)
                .edge(START, "work")
                .edge("work", END)
                .build();
    }

    /** A run that emits numbers from 1; it makes count + 6 events, the first number is event 4. */
    Run<Out> ended(int count, int kept) {
        Run<Out> run = begun(count, kept, new CountDownLatch(0));
        run.await();
        return run;
    }

    Run<Out> begun(int count, int kept, CountDownLatch gate) {
        return engine.start(
                graph((view, context) -> {
                    gate.await();
                    for (int i = 1; i <= count; i++) {
                        context.emit(i);
                    }
                    return Update.of(COUNT.set(count));
                }),
                new In(),
                RunOptions.builder().keptEvents(kept).build());
    }

    static List<RunEvent> read(EventStream stream) {
        List<RunEvent> events = new ArrayList<>();
        stream.forEach(events::add);
        return events;
    }

    static final class Probe implements Flow.Subscriber<RunEvent> {
        final LinkedBlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
        final CountDownLatch closed = new CountDownLatch(1);
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger overlaps = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
        final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
        final long first;
        final long more;

        Probe(long first, long more) {
            this.first = first;
            this.more = more;
        }

        Flow.Subscription subscription() {
            return java.util.Objects.requireNonNull(subscription.get());
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.set(given);
            if (first > 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(RunEvent event) {
            overlaps.addAndGet(inside.getAndIncrement());
            events.add(event);
            if (more > 0) {
                subscription().request(more);
            }
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            error.set(failure);
            closed.countDown();
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
            closed.countDown();
        }

        List<RunEvent> awaitEnd() throws InterruptedException {
            assertTrue(closed.await(30, TimeUnit.SECONDS));
            return List.copyOf(events);
        }
    }

    @Test
    void theThreeWaysOfReadingGiveTheSameEvents() throws Exception {
        Run<Out> run = ended(20, 1_000);
        Probe probe = new Probe(1, 1);
        LinkedBlockingQueue<RunEvent> told = new LinkedBlockingQueue<>();
        CountDownLatch end = new CountDownLatch(1);

        run.stream().subscribe(probe);
        run.stream().listen(event -> {
            told.add(event);
            if (event instanceof Terminal) {
                end.countDown();
            }
        });

        assertTrue(end.await(30, TimeUnit.SECONDS));
        assertEquals(26, run.events().size());
        assertEquals(run.events(), read(run.stream()));
        assertEquals(run.events(), probe.awaitEnd());
        assertEquals(run.events(), List.copyOf(told));
        assertEquals(1, probe.ends.get());
        assertNull(probe.error.get());
    }

    @Test
    void eachModeLetsItsOwnEventsAndTheTerminalOneThrough() {
        Run<Out> run = engine.start(
                graph((view, context) -> {
                    context.token("a");
                    context.emit("b");
                    return Update.none();
                }),
                new In());
        run.await();

        assertEquals(List.of("StepFinished", "RunFinished"), names(run, EventMode.VALUES));
        assertEquals(List.of("NodeFinished", "RunFinished"), names(run, EventMode.UPDATES));
        assertEquals(List.of("TokenProduced", "RunFinished"), names(run, EventMode.TOKENS));
        assertEquals(List.of("Custom", "RunFinished"), names(run, EventMode.CUSTOM));
        assertEquals(List.of("TokenProduced", "Custom", "RunFinished"), names(run, EventMode.TOKENS, EventMode.CUSTOM));
        assertEquals(8, names(run, EventMode.DEBUG).size());
    }

    static List<String> names(Run<Out> run, EventMode... modes) {
        return read(run.stream(StreamOptions.of(modes))).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    @Test
    void aStreamGoesOnFromASequenceNumber() {
        Run<Out> run = ended(20, 1_000);

        List<RunEvent> rest = read(run.stream(StreamOptions.all().from(20)));

        assertEquals(run.events().subList(19, 26), rest);
        assertEquals(
                run.events().subList(25, 26),
                read(run.stream(StreamOptions.all().from(99))));
    }

    @Test
    void whatTheRunNoLongerKeepsIsToldAsOneGap() {
        Run<Out> run = ended(20, 5);

        List<RunEvent> events = read(run.stream());

        EventsDropped gap = assertInstanceOf(EventsDropped.class, events.get(0));
        assertEquals(1, gap.firstDropped());
        assertEquals(21, gap.lastDropped());
        assertEquals(run.events(), events.subList(1, 6));
    }

    @Test
    void aRunThatKeepsNothingStillTellsItsEnd() {
        Run<Out> run = ended(20, 0);

        assertEquals(List.of(), run.events());
        List<RunEvent> events = read(run.stream());
        assertEquals(1, events.size());
        assertInstanceOf(RunFinished.class, events.get(0));
    }

    @Test
    void aReaderTurnsTheEventsOfARunThatKeepsNoneOn() {
        CountDownLatch gate = new CountDownLatch(1);
        Run<Out> run = begun(20, 0, gate);
        List<RunEvent> events = new ArrayList<>();

        try (EventIterator reader =
                run.stream(StreamOptions.of(EventMode.CUSTOM)).iterator()) {
            gate.countDown();
            reader.forEachRemaining(events::add);
        }

        assertEquals(21, events.size());
        assertInstanceOf(RunFinished.class, events.get(20));
    }

    @Test
    void aReaderThatIsTooSlowForItsBufferGetsOneGapInItsPlaceAndTheEnd() {
        CountDownLatch gate = new CountDownLatch(1);
        Run<Out> run = begun(20, 0, gate);
        StreamOptions small = StreamOptions.of(EventMode.CUSTOM).buffer(3);
        List<Object> seen = new ArrayList<>();

        try (EventIterator reader = run.stream(small).iterator()) {
            assertFalse(run.isDone());
            gate.countDown();
            run.await();
            reader.forEachRemaining(
                    event -> seen.add(event instanceof RunEvent.Custom custom ? custom.value() : event));
        }

        // The buffer holds 1, 2 and 3, or nothing when the reader had not caught up before the first.
        EventsDropped gap = assertInstanceOf(EventsDropped.class, seen.get(seen.size() - 2));
        Terminal end = assertInstanceOf(Terminal.class, seen.get(seen.size() - 1));
        assertEquals(end.sequence() - 1, gap.lastDropped());
        assertTrue(List.of(1, 2, 3).containsAll(seen.subList(0, seen.size() - 2)));
    }

    @Test
    void aFailedRunIsAnEventAndThenCompletion() throws Exception {
        Run<Out> run = engine.start(
                graph((view, context) -> {
                    throw new StudioException(ErrorCode.SQL_INVALID, "broken", "Mend it");
                }),
                new In());
        Probe probe = new Probe(Long.MAX_VALUE, 0);

        run.stream().subscribe(probe);

        List<RunEvent> events = probe.awaitEnd();
        assertInstanceOf(RunFailed.class, events.get(events.size() - 1));
        assertEquals(1, probe.ends.get());
        assertNull(probe.error.get());
    }

    @Test
    void nothingIsGivenBeyondWhatWasRequested() throws Exception {
        Run<Out> run = ended(20, 1_000);
        Probe probe = new Probe(3, 0);

        run.stream().subscribe(probe);
        for (int i = 0; i < 3; i++) {
            probe.events.poll(30, TimeUnit.SECONDS);
        }
        assertNull(probe.events.poll());
        probe.subscription().request(Long.MAX_VALUE);
        probe.subscription().request(Long.MAX_VALUE);

        assertEquals(23, probe.awaitEnd().size());
    }

    @Test
    void aRequestForNothingBreaksTheSubscription() throws Exception {
        for (long count : new long[] {0, -1}) {
            Probe probe = new Probe(0, 0);
            ended(1, 10).stream().subscribe(probe);

            probe.subscription().request(count);

            assertEquals(List.of(), probe.awaitEnd());
            assertInstanceOf(IllegalArgumentException.class, probe.error.get());
            assertEquals(0, probe.ends.get());
        }
    }

    @Test
    void aCancelledSubscriptionGetsNothingMoreAndHoldsNothingUp() {
        CountDownLatch gate = new CountDownLatch(1);
        Run<Out> run = begun(20, 100, gate);
        Probe probe = new Probe(0, 0);

        run.stream().subscribe(probe);
        probe.subscription().cancel();
        probe.subscription().cancel();
        probe.subscription().request(5);
        gate.countDown();
        run.await();

        assertEquals(0, probe.events.size());
        assertEquals(1, probe.closed.getCount());
    }

    @Test
    void anEngineThatIsClosedStillTellsTheEnd() throws Exception {
        Run<Out> run = begun(1, 100, new CountDownLatch(1));
        Probe probe = new Probe(Long.MAX_VALUE, 0);
        run.stream().subscribe(probe);

        engine.close();

        List<RunEvent> events = probe.awaitEnd();
        assertInstanceOf(Terminal.class, events.get(events.size() - 1));
    }

    @Test
    void aClosedIteratorAndAClosedCallbackGetNothingMore() {
        Run<Out> run = ended(3, 100);
        EventIterator reader = run.stream().iterator();
        assertTrue(reader.hasNext());

        reader.close();

        assertFalse(reader.hasNext());
        assertThrows(NoSuchElementException.class, reader::next);
        Cancellation.Registration registration =
                begun(1, 10, new CountDownLatch(1)).stream().listen(event -> {});
        registration.close();
        registration.close();
    }

    @Test
    void manySubscribersOfDifferentSpeedsGetEveryEventOnceOrInAGap() throws Exception {
        int count = 100_000;
        CountDownLatch gate = new CountDownLatch(1);
        Run<Out> run = begun(count, 50, gate);
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Probe probe = new Probe(i % 3 == 0 ? Long.MAX_VALUE : i, i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : i);
            probes.add(probe);
            run.stream(StreamOptions.all().buffer(1 + i * 37)).subscribe(probe);
        }
        CountDownLatch free = new CountDownLatch(1);
        List<RunEvent> blocked = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        run.stream().listen(event -> {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            blocked.add(event);
            if (event instanceof Terminal) {
                end.countDown();
            }
        });

        gate.countDown();
        run.await();
        free.countDown();

        assertTrue(end.await(30, TimeUnit.SECONDS));
        assertWhole(blocked, count + 6);
        for (Probe probe : probes) {
            assertWhole(probe.awaitEnd(), count + 6);
            assertEquals(0, probe.overlaps.get());
            assertEquals(1, probe.ends.get());
        }
    }

    /** Each number is there once, or in a gap that stands in its place; the terminal event is last. */
    static void assertWhole(List<RunEvent> events, long last) {
        long next = 1;
        for (RunEvent event : events) {
            if (event instanceof EventsDropped gap) {
                assertEquals(next, gap.firstDropped());
                next = gap.lastDropped() + 1;
            } else {
                assertEquals(next, event.sequence());
                next++;
            }
        }
        assertEquals(last + 1, next);
        assertInstanceOf(RunFinished.class, events.get(events.size() - 1));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.all().from(-1));
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.all().buffer(0));
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.all().buffer(StreamOptions.MAX_BUFFER + 1));
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.of());
    }
}
