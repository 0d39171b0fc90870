package dev.datastudio.core.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SingleFlightTest {
    private static final int MANY = 100;

    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(MANY);
    private final AtomicInteger computations = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void computesOnceForAHundredThreads() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> answers = start(
                MANY,
                () -> flights.get("k", Cancellation.none(), c -> {
                    computations.incrementAndGet();
                    await(go);
                    return new String("value");
                }));

        awaitWaiting(MANY - 1);
        go.countDown();

        String first = answers.get(0).get();
        for (Future<String> answer : answers) {
            assertSame(first, answer.get());
        }
        assertEquals(1, computations.get());
    }

    @Test
    void computesAgainOnceTheFirstIsDone() {
        for (int i = 0; i < 3; i++) {
            flights.get("k", Cancellation.none(), c -> "v" + computations.incrementAndGet());
        }

        assertEquals(3, computations.get());
    }

    @Test
    void givesOneFailureToAllWithItsTypeAndForgetsIt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        UnsupportedOperationException failure = new UnsupportedOperationException("no");
        List<Future<String>> answers = start(
                10,
                () -> flights.get("k", Cancellation.none(), c -> {
                    computations.incrementAndGet();
                    await(go);
                    throw failure;
                }));

        awaitWaiting(9);
        go.countDown();

        for (Future<String> answer : answers) {
            assertSame(
                    failure, assertThrows(ExecutionException.class, answer::get).getCause());
        }
        assertEquals(1, computations.get());
        assertEquals("later", flights.get("k", Cancellation.none(), c -> "later"));
    }

    @Test
    void givesErrorsToAllToo() {
        AssertionError error = new AssertionError("broken");

        assertSame(
                error,
                assertThrows(
                        AssertionError.class,
                        () -> flights.get("k", Cancellation.none(), c -> {
                            throw error;
                        })));
    }

    @Test
    void aCancelledWaiterLeavesTheOthersAlone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<String> first = threads.submit(() -> flights.get("k", Cancellation.none(), c -> {
            computations.incrementAndGet();
            await(go);
            return "cancelled: " + c.isCancelled();
        }));
        awaitComputations(1);
        Cancellation impatience = Cancellation.create();
        Future<String> impatient = threads.submit(() -> flights.get("k", impatience, c -> "never"));
        awaitWaiting(1);

        impatience.cancel();

        assertCancelled(impatient);
        assertFalse(first.isDone());
        go.countDown();
        assertEquals("cancelled: false", first.get());
    }

    @Test
    void aCancelledFirstCallerGoesOnForTheOthers() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Cancellation leaving = Cancellation.create();
        Future<String> first = threads.submit(() -> flights.get("k", leaving, c -> {
            computations.incrementAndGet();
            await(go);
            return "cancelled: " + c.isCancelled();
        }));
        awaitComputations(1);
        Future<String> second = threads.submit(() -> flights.get("k", Cancellation.none(), c -> "never"));
        awaitWaiting(1);

        leaving.cancel();
        go.countDown();

        assertEquals("cancelled: false", second.get());
        assertCancelled(first);
    }

    @Test
    void cancelsTheComputationOnceAllHaveGoneAndStartsAfreshForTheNext() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Cancellation one = Cancellation.create();
        Cancellation two = Cancellation.create();
        Future<String> first = threads.submit(() -> flights.get("k", one, c -> {
            computations.incrementAndGet();
            c.onCancel(cancelled::countDown);
            await(go);
            c.throwIfCancelled();
            return "not cancelled";
        }));
        awaitComputations(1);
        Future<String> second = threads.submit(() -> flights.get("k", two, c -> "never"));
        awaitWaiting(1);

        one.cancel();
        assertEquals(1, cancelled.getCount());
        two.cancel();

        assertTrue(cancelled.await(60, TimeUnit.SECONDS));
        assertEquals("fresh", flights.get("k", Cancellation.none(), c -> "fresh"));
        go.countDown();
        assertCancelled(first);
        assertCancelled(second);
    }

    @Test
    void endsTheWaitOfAnInterruptedThread() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<String> first = threads.submit(() -> flights.get("k", Cancellation.none(), c -> {
            computations.incrementAndGet();
            await(go);
            return "done";
        }));
        awaitComputations(1);

        Thread.currentThread().interrupt();
        StudioException ended =
                assertThrows(StudioException.class, () -> flights.get("k", Cancellation.none(), c -> "never"));

        assertTrue(Thread.interrupted());
        assertEquals(ErrorCode.CANCELLED, ended.code());
        go.countDown();
        assertEquals("done", first.get());
    }

    @Test
    void failsWhenAComputationAsksForItself() {
        StudioException recursion = assertThrows(
                StudioException.class,
                () -> flights.get(
                        "a", Cancellation.none(), c -> flights.get("b", c, d -> flights.get("a", d, e -> "never"))));

        assertEquals(ErrorCode.INTERNAL, recursion.code());
        assertEquals("The computation of 'a' waits for itself", recursion.what());
        assertEquals("fine", flights.get("a", Cancellation.none(), c -> flights.get("b", c, d -> "fine")));
    }

    @Test
    void failsWhenTwoThreadsWouldWaitForEachOther() throws Exception {
        CyclicBarrier bothBegan = new CyclicBarrier(2);
        Future<String> one = threads.submit(() -> crossing("a", "b", bothBegan));
        Future<String> two = threads.submit(() -> crossing("b", "a", bothBegan));

        List<String> outcomes = new ArrayList<>();
        for (Future<String> each : List.of(one, two)) {
            try {
                outcomes.add(each.get());
            } catch (ExecutionException e) {
                outcomes.add(String.valueOf(e.getCause()));
            }
        }

        // Whoever closes the ring fails, and its failure reaches the other one, which asked for it.
        for (String outcome : outcomes) {
            assertTrue(outcome.contains("waits for itself"), outcomes.toString());
        }
    }

    private String crossing(String mine, String other, CyclicBarrier bothBegan) {
        return flights.get(mine, Cancellation.none(), c -> {
            try {
                bothBegan.await(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return flights.get(other, c, d -> "never");
        });
    }

    private <T> List<Future<T>> start(int count, Callable<T> work) {
        List<Future<T>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(threads.submit(work));
        }
        return started;
    }

    private void awaitComputations(int count) {
        while (computations.get() < count) {
            Thread.onSpinWait();
        }
    }

    private void awaitWaiting(int count) {
        while (flights.waiting("k") < count) {
            Thread.onSpinWait();
        }
    }

    private static void assertCancelled(Future<String> work) {
        Throwable cause = assertThrows(ExecutionException.class, work::get).getCause();
        assertEquals(
                ErrorCode.CANCELLED,
                assertInstanceOf(StudioException.class, cause).code());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
