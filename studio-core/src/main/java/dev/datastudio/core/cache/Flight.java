package dev.datastudio.core.cache;

import dev.datastudio.api.progress.Cancellation;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One computation under way and those who want its result. Thread-safe.
 *
 * <p>Flights form a graph: a flight waits for another one when its computation does, directly or inside a flight that
 * it started itself. An edge that would close a ring is refused.
 */
final class Flight<V> {
    private static final Object GRAPH = new Object();

    private final Cancellation cancellation = Cancellation.create();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int interested = 1;
    private boolean done;
    private @Nullable V value;
    private @Nullable Throwable failure;
    /** The flight that this one's end depends on; guarded by GRAPH. */
    private @Nullable Flight<?> dependsOn;

    Cancellation cancellation() {
        return cancellation;
    }

    /** Whether one more caller may wait: not when the last one has gone and the work is being cancelled. */
    boolean join() {
        lock.lock();
        try {
            if (interested == 0 && !done) {
                return false;
            }
            interested++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    int interested() {
        lock.lock();
        try {
            return interested;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        boolean last;
        lock.lock();
        try {
            interested--;
            last = interested == 0 && !done;
        } finally {
            lock.unlock();
        }
        if (last) {
            cancellation.cancel();
        }
    }

    void succeed(V result) {
        finish(result, null);
    }

    void fail(Throwable error) {
        finish(null, error);
    }

    private void finish(@Nullable V result, @Nullable Throwable error) {
        lock.lock();
        try {
            value = result;
            failure = error;
            done = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the work is done or this caller cancelled. */
    void awaitDone(Cancellation caller) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!done && !caller.isCancelled()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isDone() {
        lock.lock();
        try {
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** The result of work that is done; throws what the work threw. */
    @SuppressWarnings("NullAway") // V itself may be nullable: what compute gave is what comes out
    V outcome() {
        lock.lock();
        try {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException error) {
                throw error;
            }
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the computation of {@code outer} goes on inside this flight. */
    void startedIn(@Nullable Flight<?> outer) {
        if (outer != null) {
            synchronized (GRAPH) {
                outer.dependsOn = this;
            }
        }
    }

    /** Lets a computation wait for a flight unless that one, over any way, waits for the computation. */
    static boolean mayWait(@Nullable Flight<?> waiting, Flight<?> flight) {
        if (waiting == null) {
            return true;
        }
        synchronized (GRAPH) {
            for (Flight<?> next = flight; next != null; next = next.dependsOn) {
                if (next == waiting) {
                    return false;
                }
            }
            waiting.dependsOn = flight;
            return true;
        }
    }

    static void stopWaiting(@Nullable Flight<?> waiting) {
        if (waiting != null) {
            synchronized (GRAPH) {
                waiting.dependsOn = null;
            }
        }
    }
}
