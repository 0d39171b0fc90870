package dev.datastudio.graph.run.internal;

import java.util.concurrent.Semaphore;

/**
 * Bounds how many tasks of all runs are done at once. A task holds a slot while its function works, and gives it back
 * while it waits for another run. Thread-safe.
 */
final class Slots {
    private final Semaphore free;
    private final ThreadLocal<Boolean> held = new ThreadLocal<>();

    Slots(int max) {
        this.free = new Semaphore(max, true);
    }

    /** Waits for a slot, first come, first served; an interrupt ends the wait and leaves nothing taken. */
    void enter() throws InterruptedException {
        free.acquire();
        held.set(true);
    }

    /** Gives this thread's slot back; gives whether it had one. */
    boolean leave() {
        if (held.get() == null) {
            return false;
        }
        held.remove();
        free.release();
        return true;
    }

    /** Waits for a slot again. A task that is interrupted ends without one, as it is not to go on anyway. */
    void enterAgain() {
        try {
            enter();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
