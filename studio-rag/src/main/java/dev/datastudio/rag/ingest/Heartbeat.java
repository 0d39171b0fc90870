package dev.datastudio.rag.ingest;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Says again and again that something is alive, whatever its own thread is doing: a large file is read, or published,
 * for longer than anybody would wait for a sign. Thread-safe.
 */
final class Heartbeat implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final long IDLE_SECONDS = 30;
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private final Runnable beating;

    private Heartbeat(Runnable beating) {
        this.beating = beating;
    }

    private static ScheduledThreadPoolExecutor thread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "studio-documents-alive");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** @param beat called every 15 s on another thread; when it throws it is not called any more */
    static Heartbeat start(Runnable beat) {
        var beating = THREAD.scheduleAtFixedRate(beat, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return new Heartbeat(() -> beating.cancel(false));
    }

    /** Begins no other beat. */
    @Override
    public void close() {
        beating.run();
    }
}
