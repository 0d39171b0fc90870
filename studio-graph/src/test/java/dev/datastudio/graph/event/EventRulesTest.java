package dev.datastudio.graph.event;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent.RunFinished;
import dev.datastudio.graph.event.RunEvent.Terminal;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Reactive Streams 1.0.4 asks of a publisher beyond what {@link EventStreamTest} shows; the rules stand in brackets. */
@Timeout(60)
class EventRulesTest {
    record In() {}

    record Out() {}

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static Graph<In, Out> graph(NodeFunction work) {
        return Graph.define("g", 1)
                .input(In.class)
                .output(Out.class)
                .node("work", work)
                .edge(START, "work")
                .edge("work", END)
                .build();
    }

    static NodeFunction emits(int count) {
        return (view, context) -> {
            for (int i = 0; i < count; i++) {
                context.emit(i);
            }
            return Update.none();
        };
    }

    /** A run that has ended and keeps count + 6 events. */
    static Run<Out> ended(Engine engine, int count) {
        Run<Out> run = engine.start(graph(emits(count)), new In());
        run.await();
        return run;
    }

    /** Counts what it is told; asks for nothing of its own. */
    static class Quiet implements Flow.Subscriber<RunEvent> {
        final List<String> told = new ArrayList<>();
        final CountDownLatch end = new CountDownLatch(1);
        Flow.@Nullable Subscription subscription;

        Flow.Subscription subscription() {
            return Objects.requireNonNull(subscription);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            told.add("subscribed");
            subscription = given;
        }

        @Override
        public void onNext(RunEvent event) {
            told.add(event.getClass().getSimpleName());
        }

        @Override
        public void onError(Throwable error) {
            told.add("error");
            end.countDown();
        }

        @Override
        public void onComplete() {
            told.add("complete");
            end.countDown();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks gives
    void aNullSubscriberOrListenerIsRefused() {
        EventStream stream = ended(engine, 1).stream();

        assertThrows(NullPointerException.class, () -> stream.subscribe(null));
        assertThrows(NullPointerException.class, () -> stream.listen(null));
    }

    /** (1.9) The first signal is onSubscribe, and it comes before subscribe returns. */
    @Test
    void aSubscriberIsIntroducedBeforeAnythingElse() throws Exception {
        Quiet subscriber = new Quiet();

        ended(engine, 0).stream().subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);

        assertTrue(subscriber.end.await(30, TimeUnit.SECONDS));
        assertEquals("subscribed", subscriber.told.get(0));
        assertEquals(List.of("RunFinished", "complete"), subscriber.told.subList(6, 8));
        assertEquals(8, subscriber.told.size());
    }

    /** (1.10) Each subscription is one of its own, also of the same stream. */
    @Test
    void aStreamGivesAllToEverySubscriber() throws Exception {
        EventStream stream = ended(engine, 5).stream();

        for (int i = 0; i < 3; i++) {
            Quiet subscriber = new Quiet();
            stream.subscribe(subscriber);
            subscriber.subscription().request(Long.MAX_VALUE);
            assertTrue(subscriber.end.await(30, TimeUnit.SECONDS));
            assertEquals(13, subscriber.told.size());
        }
    }

    @Nested
    class ASubscriberThatThrows {
        /** (2.13) It counts as cancelled; the run and the others go on. */
        @Test
        void isToldNothingMore() throws Exception {
            AtomicInteger count = new AtomicInteger();
            Run<Out> run = ended(engine, 5);

            run.stream().subscribe(new Quiet() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    given.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(RunEvent event) {
                    count.incrementAndGet();
                    throw new IllegalStateException("a bad subscriber");
                }

                @Override
                public void onComplete() {
                    count.addAndGet(100);
                }

                @Override
                public void onError(Throwable error) {
                    count.addAndGet(100);
                }
            });
            Quiet other = new Quiet();
            run.stream().subscribe(other);
            other.subscription().request(Long.MAX_VALUE);

            assertTrue(other.end.await(30, TimeUnit.SECONDS));
            assertEquals(13, other.told.size());
            engine.close();
            assertTrue(count.get() <= 1, "told " + count);
        }

        @Test
        void atItsIntroductionIsToldNothing() {
            Quiet subscriber = new Quiet() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    given.request(1);
                    throw new IllegalStateException("a bad subscriber");
                }
            };

            ended(engine, 1).stream().subscribe(subscriber);
            engine.close();

            assertEquals(List.of(), subscriber.told);
        }
    }

    /** (3.6) */
    @Test
    void aRequestAfterACancelIsWithoutEffect() {
        Quiet subscriber = new Quiet();
        try (Engine calling = Engine.builder().executor(Runnable::run).build()) {
            ended(calling, 1).stream().subscribe(subscriber);

            subscriber.subscription().cancel();
            subscriber.subscription().request(5);
            subscriber.subscription().request(-1);
        }

        assertEquals(List.of("subscribed"), subscriber.told);
    }

    @Test
    void aCancelWithinASignalIsTheLast() {
        Quiet subscriber = new Quiet() {
            @Override
            public void onNext(RunEvent event) {
                super.onNext(event);
                subscription().cancel();
            }
        };
        try (Engine calling = Engine.builder().executor(Runnable::run).build()) {
            ended(calling, 1).stream().subscribe(subscriber);
            subscriber.subscription().request(Long.MAX_VALUE);
        }

        assertEquals(List.of("subscribed", "RunStarted"), subscriber.told);
    }

    /** (3.3) Asking for one more in each onNext piles up no stack, also on an executor that runs on the calling thread. */
    @Test
    void askingAgainInEachSignalDoesNotDeepenTheStack() {
        List<Integer> depths = new ArrayList<>();
        Quiet subscriber = new Quiet() {
            @Override
            public void onNext(RunEvent event) {
                depths.add(new Throwable().getStackTrace().length);
                subscription().request(1);
            }
        };
        try (Engine calling = Engine.builder().executor(Runnable::run).build()) {
            ended(calling, 900).stream().subscribe(subscriber);
            subscriber.subscription().request(1);
        }

        assertEquals(906, depths.size());
        assertEquals(1, depths.stream().distinct().count(), depths::toString);
    }

    /** (2.7, 3.8) Requests of several threads add up; signals are given one at a time. */
    @Test
    void requestsOfSeveralThreadsAddUp() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch wanted = new CountDownLatch(400);
        AtomicInteger count = new AtomicInteger();
        Quiet subscriber = new Quiet() {
            @Override
            public void onNext(RunEvent event) {
                assertEquals(1, inside.incrementAndGet());
                count.incrementAndGet();
                inside.decrementAndGet();
                wanted.countDown();
            }
        };
        ended(engine, 900).stream().subscribe(subscriber);
        CyclicBarrier together = new CyclicBarrier(4);
        List<Thread> threads = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                meet(together);
                for (int n = 0; n < 100; n++) {
                    subscriber.subscription().request(1);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertTrue(wanted.await(30, TimeUnit.SECONDS));
        assertEquals(400, count.get());
        subscriber.subscription().request(Long.MAX_VALUE);
        assertTrue(subscriber.end.await(30, TimeUnit.SECONDS));
        assertEquals(906, count.get());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class AnExecutorThatRunsOnTheCallingThread {
        final Engine calling = Engine.builder().executor(Runnable::run).build();

        @AfterEach
        void closeEngine() {
            calling.close();
        }

        /** Were the subscriber called under a lock of the log, the other thread's look at the events would never end. */
        @Test
        void callsSubscribersOutsideOfTheLogsLock() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch subscribed = new CountDownLatch(1);
            AtomicInteger seen = new AtomicInteger();
            List<Run<Out>> runs = new ArrayList<>();
            Thread driver = new Thread(() -> runs.get(0).await());
            Graph<In, Out> graph = graph((view, context) -> {
                begun.countDown();
                subscribed.await();
                context.emit("one");
                return Update.none();
            });
            Engine later = Engine.builder()
                    .executor(work -> {
                        if (driver.getState() != Thread.State.NEW) {
                            work.run();
                        }
                    })
                    .build();
            runs.add(later.start(graph, new In()));
            driver.start();
            begun.await();

            runs.get(0).stream().listen(event -> {
                Thread other =
                        new Thread(() -> seen.addAndGet(runs.get(0).events().size() > 0 ? 1 : 0));
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            subscribed.countDown();
            driver.join();
            later.close();

            assertEquals(7, seen.get());
        }

        @Test
        void tellsAllOfARunThatHasEnded() {
            List<RunEvent> told = new ArrayList<>();
            Run<Out> run = ended(calling, 3);

            run.stream().listen(told::add);

            assertEquals(run.events(), told);
        }
    }

    @Test
    void aWaitThatIsInterruptedSaysSoAndLeavesTheRunAlone() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Run<Out> run = engine.start(
                graph((view, context) -> {
                    gate.await();
                    return Update.none();
                }),
                new In());
        EventIterator reader = run.stream(StreamOptions.of(EventMode.CUSTOM)).iterator();

        Thread.currentThread().interrupt();
        StudioException interrupted = assertThrows(StudioException.class, reader::hasNext);

        assertEquals(ErrorCode.CANCELLED, interrupted.code());
        assertTrue(Thread.interrupted(), "the flag is set again");
        assertTrue(interrupted.what().contains(run.id().value()), interrupted.what());
        assertFalse(run.isDone());
        gate.countDown();
        assertInstanceOf(RunFinished.class, reader.next());
        assertFalse(reader.hasNext());
        assertInstanceOf(Terminal.class, last(run.events()));
    }

    @Test
    void whatANodeLeftBehindIsNotReportedAfterTheEnd() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        List<Thread> left = new ArrayList<>();
        Run<Out> run = engine.start(
                graph((view, context) -> {
                    Thread thread = new Thread(() -> {
                        try {
                            ended.await();
                            context.emit("too late");
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    thread.start();
                    left.add(thread);
                    return Update.none();
                }),
                new In());
        run.await();
        List<RunEvent> events = run.events();

        ended.countDown();
        left.get(0).join();

        assertEquals(events, run.events());
        assertSame(last(events), last(run.events()));
    }

    private static RunEvent last(List<RunEvent> events) {
        return events.get(events.size() - 1);
    }
}
