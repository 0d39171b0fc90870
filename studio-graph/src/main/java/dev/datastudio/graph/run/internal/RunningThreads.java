package dev.datastudio.graph.run.internal;

import java.util.HashSet;
import java.util.Set;

/**
 * The threads inside a node of one run, so that a cancellation interrupts them and only them: a thread that has left its
 * node is never interrupted, and one that was interrupted leaves with its flag cleared. Thread-safe.
 */
final class RunningThreads {
    private final Set<Thread> threads = new HashSet<>();
    private boolean interrupted;

    /** Whether this thread may enter a node; false once all were interrupted. */
    synchronized boolean enter() {
        return !interrupted && threads.add(Thread.currentThread());
    }

    synchronized void leave() {
        threads.remove(Thread.currentThread());
        if (interrupted) {
            Thread.interrupted();
        }
    }

    synchronized void interruptAll() {
        interrupted = true;
        threads.forEach(Thread::interrupt);
    }
}
