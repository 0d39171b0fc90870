package dev.datastudio.graph.run.internal;

import dev.datastudio.api.progress.Cancellation.Registration;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of the machine. Its one daemon thread is made when something is to happen later for the first time, and ends
 * when nothing is for a while. Thread-safe.
 */
final class SystemTimekeeper implements Timekeeper {
    private static final long IDLE_SECONDS = 10;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private @Nullable ScheduledThreadPoolExecutor scheduler;
    private boolean closed;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Registration after(Duration delay, Runnable action) {
        Duration wait = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        Future<?> planned = schedule(wait.toNanos(), action);
        return () -> planned.cancel(false);
    }

    private synchronized Future<?> schedule(long nanos, Runnable action) {
        if (scheduler == null) {
            scheduler = made();
        }
        return scheduler.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    private ScheduledThreadPoolExecutor made() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "studio-graph-time");
            thread.setDaemon(true);
            return thread;
        });
        made.setRemoveOnCancelPolicy(true);
        made.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        made.allowCoreThreadTimeOut(true);
        if (closed) {
            made.shutdownNow();
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
    }
}
