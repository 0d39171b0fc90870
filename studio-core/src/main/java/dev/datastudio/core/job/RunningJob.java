package dev.datastudio.core.job;

import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A try of a job in this process. Thread-safe. */
final class RunningJob implements JobContext {
    private final PickedJob picked;
    private final Cancellation cancellation = Cancellation.create();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final long begunNanos = System.nanoTime();
    private volatile @Nullable Progress latest;
    private @Nullable Thread thread;
    private boolean interrupted;

    RunningJob(PickedJob picked) {
        this.picked = picked;
    }

    /** Why a try is to stop. */
    enum StopReason {
        CANCELLED,
        TIMED_OUT,
        /** The process ends: the job goes on elsewhere. */
        CLOSING,
        /** Another process has the job. */
        LOST
    }

    RunKey key() {
        return picked.key();
    }

    int failures() {
        return picked.failures();
    }

    @Override
    public JobId id() {
        return picked.key().id();
    }

    @Override
    public Caller caller() {
        return picked.job().owner();
    }

    @Override
    public JobRequest request() {
        return picked.job().request();
    }

    @Override
    public int attempt() {
        return picked.job().attempt();
    }

    @Override
    public long fence() {
        return picked.key().fence();
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The latest report counts; it is stored with the next heartbeat. */
    @Override
    public ProgressListener progress() {
        return progress -> latest = progress;
    }

    @Nullable
    Progress latestProgress() {
        return latest;
    }

    /** Asks the handler to stop. The first reason counts, but for one: a try that is lost can't end its job. */
    void ask(StopReason reason) {
        Stop asked = new Stop(reason, System.nanoTime());
        if (stop.compareAndSet(null, asked)) {
            cancellation.cancel();
        } else if (reason == StopReason.LOST) {
            stop.set(asked);
        }
    }

    @Nullable
    StopReason stopReason() {
        Stop asked = stop.get();
        return asked == null ? null : asked.reason;
    }

    boolean isOverdue() {
        return stop.get() == null
                && System.nanoTime() - begunNanos > request().timeout().toNanos();
    }

    /** Whether its owner or its time asked it to stop so long ago, and it has not. */
    boolean ignoresFor(Duration time) {
        Stop asked = stop.get();
        return asked != null
                && (asked.reason == StopReason.CANCELLED || asked.reason == StopReason.TIMED_OUT)
                && System.nanoTime() - asked.nanos > time.toNanos();
    }

    synchronized void begin() {
        thread = Thread.currentThread();
    }

    /** From here on the thread is not interrupted, and an interrupt that came is forgotten. */
    synchronized void endOfHandler() {
        thread = null;
        Thread.interrupted();
    }

    /** Interrupts the handler's thread, once. */
    synchronized void interrupt() {
        if (thread != null && !interrupted) {
            interrupted = true;
            thread.interrupt();
        }
    }

    private record Stop(StopReason reason, long nanos) {}
}
