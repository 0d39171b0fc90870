package dev.datastudio.graph.run.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningThreadsTest {
    private final RunningThreads threads = new RunningThreads();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void aThreadInsideIsInterruptedAndLeavesWithItsFlagCleared() {
        assertTrue(threads.enter());
        threads.interruptAll();

        assertTrue(Thread.currentThread().isInterrupted());
        threads.leave();
        assertFalse(Thread.interrupted());
        assertFalse(threads.enter());
    }

    @Test
    void aThreadThatHasLeftIsNotInterrupted() {
        assertTrue(threads.enter());
        threads.leave();
        threads.interruptAll();

        assertFalse(Thread.interrupted());
    }

    @Test
    void aThreadInsideTwiceIsInsideUntilItHasLeftTwice() {
        assertTrue(threads.enter());
        assertTrue(threads.enter());
        threads.leave();
        threads.interruptAll();

        assertTrue(Thread.currentThread().isInterrupted());
        threads.leave();
        assertFalse(Thread.interrupted());
    }

    @Test
    void eachOfSeveralThreadsInsideIsInterrupted() throws Exception {
        CountDownLatch inside = new CountDownLatch(4);
        Callable<Boolean> work = () -> {
            threads.enter();
            inside.countDown();
            try {
                new CountDownLatch(1).await();
                return false;
            } catch (InterruptedException e) {
                return true;
            } finally {
                threads.leave();
            }
        };
        List<Future<Boolean>> interrupted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            interrupted.add(pool.submit(work));
        }
        inside.await();
        threads.interruptAll();

        for (Future<Boolean> each : interrupted) {
            assertTrue(each.get());
        }
    }

    @Test
    void noThreadCarriesAnInterruptOutOfItsNode() throws Exception {
        AtomicInteger carried = new AtomicInteger();
        for (int round = 0; round < 300; round++) {
            RunningThreads raced = new RunningThreads();
            CyclicBarrier begin = new CyclicBarrier(4);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(pool.submit(() -> {
                    begin.await();
                    while (raced.enter()) {
                        raced.leave();
                        if (Thread.interrupted()) {
                            carried.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            begin.await();
            raced.interruptAll();
            for (Future<?> each : all) {
                each.get();
            }
        }

        assertTrue(carried.get() == 0, () -> carried + " interrupts reached a thread outside of a node");
    }
}
