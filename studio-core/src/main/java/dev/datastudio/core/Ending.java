package dev.datastudio.core;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends with a studio, in the order in which it can: jobs and other work first, while everything that they use is
 * there; then what features opened; then what all of it stands on. Thread-safe.
 */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final Deque<AutoCloseable> working = new ConcurrentLinkedDeque<>();
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private volatile boolean isOver;

    /** Has work end after jobs, the latest first. */
    void first(AutoCloseable work) {
        working.push(work);
    }

    /** Has work end after all that was given to {@link #first}. */
    void next(AutoCloseable work) {
        working.addLast(work);
    }

    /** Has something closed when no work goes on any more, the latest first. */
    <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Whether all work has ended, so that nothing may be begun. */
    boolean isOver() {
        return isOver;
    }

    /**
     * Ends everything. Can be called again.
     *
     * @param jobs lets running jobs end
     * @param ground closed at last, in this order
     */
    void run(AutoCloseable jobs, Runnable... ground) {
        close(jobs);
        closeAll(working);
        isOver = true;
        closeAll(opened);
        for (Runnable part : ground) {
            part.run();
        }
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} could not be closed", part, e);
        }
    }
}
