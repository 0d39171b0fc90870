package dev.datastudio.graph.run.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * The threads inside a node of one run, so that a cancellation interrupts them and only them: a thread that has left its
 * node is never interrupted, and one that was interrupted leaves with its flag cleared. Thread-safe.
 */
final class RunningThreads {
    private final Map<Thread, Integer> threads = new HashMap<>();
    private boolean interrupted;

    /**
     * Whether this thread may enter a node; false once all were interrupted. It may be in another one already, when an
     * executor does what it was handed over in the middle of a node.
     */
    synchronized boolean enter() {
        if (interrupted) {
            return false;
        }
        threads.merge(Thread.currentThread(), 1, Integer::sum);
        return true;
    }

    synchronized void leave() {
        threads.computeIfPresent(Thread.currentThread(), (thread, nodes) -> nodes == 1 ? null : nodes - 1);
        if (interrupted) {
            Thread.interrupted();
        }
    }

    synchronized void interruptAll() {
        interrupted = true;
        threads.keySet().forEach(Thread::interrupt);
    }
}
