package dev.datastudio.graph.run.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads inside a node of one run, so that a cancellation interrupts them and only them: a thread that has left its
 * node is never interrupted, and one that was interrupted leaves with its flag cleared. A thread may be inside several
 * times. Thread-safe.
 *
 * <p>The first thread has a place of its own, taken and left without a lock, as most super-steps have one task.
 */
final class RunningThreads {
    private static final Object CLOSED = new Object();

    /** The first thread, null when it has left, or {@link #CLOSED} once all were interrupted. */
    private final AtomicReference<@Nullable Object> first = new AtomicReference<>();

    private final List<Thread> others = new ArrayList<>();
    private volatile boolean anyOther;

    /** Whether this thread may enter a node; false once all were interrupted. */
    boolean enter() {
        return first.compareAndSet(null, Thread.currentThread()) || enterBesides();
    }

    void leave() {
        if (anyOther || !first.compareAndSet(Thread.currentThread(), null)) {
            leaveBesides();
        }
    }

    private synchronized boolean enterBesides() {
        if (first.get() == CLOSED) {
            return false;
        }
        others.add(Thread.currentThread());
        anyOther = true;
        return true;
    }

    private synchronized void leaveBesides() {
        Thread self = Thread.currentThread();
        if (others.remove(self)) {
            anyOther = !others.isEmpty();
        } else {
            first.compareAndSet(self, null);
        }
        if (first.get() == CLOSED) {
            Thread.interrupted();
        }
    }

    /** Interrupts the threads inside, and lets nobody in any more. */
    synchronized void interruptAll() {
        if (first.getAndSet(CLOSED) instanceof Thread thread) {
            thread.interrupt();
        }
        others.forEach(Thread::interrupt);
    }
}
