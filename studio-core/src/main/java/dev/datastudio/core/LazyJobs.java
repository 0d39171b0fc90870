package dev.datastudio.core;

import dev.datastudio.api.job.JobQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The queue of a studio, made when it is first asked for, so that a studio without jobs doesn't load it. Thread-safe. */
final class LazyJobs {
    private final Supplier<JobQueue> maker;
    private @Nullable JobQueue made;
    private boolean closed;

    LazyJobs(Supplier<JobQueue> maker) {
        this.maker = maker;
    }

    synchronized JobQueue get() {
        if (closed) {
            throw new IllegalStateException("The studio is closed; open it again to use it");
        }
        JobQueue queue = made;
        if (queue == null) {
            queue = maker.get();
            made = queue;
        }
        return queue;
    }

    /** Closes the queue if there is one; its jobs may use the studio until this returns. */
    void close() {
        JobQueue queue;
        synchronized (this) {
            closed = true;
            queue = made;
        }
        if (queue != null) {
            queue.close();
        }
    }
}
