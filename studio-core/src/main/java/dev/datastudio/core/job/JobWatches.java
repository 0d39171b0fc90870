package dev.datastudio.core.job;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners about jobs. Looks into the storage, which also other processes change, several times a second while
 * anybody listens, and at once when a job changes here. Thread-safe.
 */
final class JobWatches implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobWatches.class);
    private static final long PERIOD_MILLIS = 200;

    private final JobStore store;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("studio-job-watch"));
    private final AtomicBoolean isLooking = new AtomicBoolean();

    JobWatches(JobStore store) {
        this.store = store;
        thread.setKeepAliveTime(10, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    Cancellation.Registration watch(Caller caller, JobId id, Consumer<Job> listener, Runnable closed) {
        Watch watch = new Watch(caller, id, listener, closed);
        watches.add(watch);
        lookSoon();
        return () -> watches.remove(watch);
    }

    /** A job changed in this process. */
    void changed(JobId id) {
        if (watches.stream().anyMatch(watch -> watch.id.equals(id))) {
            lookSoon();
        }
    }

    private void lookSoon() {
        try {
            thread.execute(this::look);
            if (isLooking.compareAndSet(false, true)) {
                thread.schedule(this::lookAgain, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            log.debug("A job changed while its queue was closing", e);
        }
    }

    private void lookAgain() {
        isLooking.set(false);
        look();
        if (!watches.isEmpty() && isLooking.compareAndSet(false, true)) {
            thread.schedule(this::lookAgain, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        for (Watch watch : watches) {
            try {
                look(watch);
            } catch (RuntimeException e) {
                log.warn("A listener of job {}, or the storage, failed", watch.id, e);
            }
        }
    }

    private void look(Watch watch) {
        Optional<Job> job = store.find(watch.caller, watch.id);
        if (job.isEmpty() || job.get().state().isFinal()) {
            watches.remove(watch);
        }
        if (job.isPresent() && !job.get().equals(watch.last)) {
            watch.last = job.get();
            watch.listener.accept(job.get());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        watches.forEach(watch -> watch.closed.run());
        watches.clear();
    }

    private static final class Watch {
        final Caller caller;
        final JobId id;
        final Consumer<Job> listener;
        final Runnable closed;

        @Nullable
        Job last; // of the watching thread

        Watch(Caller caller, JobId id, Consumer<Job> listener, Runnable closed) {
            this.caller = caller;
            this.id = id;
            this.listener = listener;
            this.closed = closed;
        }
    }
}
