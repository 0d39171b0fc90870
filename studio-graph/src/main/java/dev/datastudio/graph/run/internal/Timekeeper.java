package dev.datastudio.graph.run.internal;

import dev.datastudio.api.progress.Cancellation.Registration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What waits and limits of time go by. Thread-safe. */
public interface Timekeeper extends AutoCloseable {
    /** A time that never goes back; only differences mean something. */
    long nanos();

    /**
     * Has an action run once, on a thread of the timekeeper; it must not block.
     *
     * @return forgets the action; does nothing once it ran
     */
    Registration after(Duration delay, Runnable action);

    /** Waits; an interrupt ends the wait. */
    default void pause(Duration delay) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Registration alarm = after(delay, over::countDown);
        try {
            over.await();
        } finally {
            alarm.close();
        }
    }

    /** Forgets all actions and lets go of its thread. */
    @Override
    void close();
}
