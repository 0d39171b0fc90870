package dev.datastudio.core.job;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobError;
import dev.datastudio.api.job.JobHandler;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.core.job.RunStore.Heard;
import dev.datastudio.core.job.RunningJob.StopReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs in this process. Thread-safe. */
final class JobWorker {
    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration MOST_AFTER_ASKING = Duration.ofSeconds(2);

    private final String name;
    private final RunStore store;
    private final JobOptions options;
    private final Map<String, JobHandler> handlers;
    private final Consumer<JobId> changed;
    private final Map<RunKey, RunningJob> running = new ConcurrentHashMap<>();
    private final JobScheduler scheduler;
    private final Lateness lateness;
    private volatile boolean closing;

    /**
     * @param handlers by type; may grow while this works
     * @param changed told of each job whose state changed here
     */
    JobWorker(
            String name,
            RunStore store,
            JobOptions options,
            Map<String, JobHandler> handlers,
            Consumer<JobId> changed) {
        this.name = name;
        this.store = store;
        this.options = options;
        this.handlers = handlers;
        this.changed = changed;
        this.lateness = new Lateness(InstantSource.system(), options.lostAfter().minus(options.heartbeat()));
        this.scheduler = new JobScheduler(name, new WorkerRepository(this), new JobTask(this), options);
    }

    String name() {
        return name;
    }

    void start() {
        scheduler.start();
    }

    /** Looks for jobs now instead of at the next poll. */
    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    List<RunKey> pick() {
        if (closing) {
            return List.of();
        }
        List<RunKey> keys = new ArrayList<>();
        for (PickedJob picked : store.pick(free(), Set.copyOf(handlers.keySet()))) {
            running.put(picked.key(), new RunningJob(picked));
            keys.add(picked.key());
            changed.accept(picked.key().id());
        }
        return keys;
    }

    private Map<QueueName, Integer> free() {
        Map<QueueName, Integer> free = new EnumMap<>(QueueName.class);
        options.workers().forEach(free::put);
        running.values().forEach(run -> free.merge(run.request().queue(), -1, Integer::sum));
        free.values().removeIf(count -> count <= 0);
        return free;
    }

    /** Tries of other processes that are not heard of any more; this one knows better about its own. */
    List<RunKey> lost() {
        if (lateness.isLate()) {
            return List.of();
        }
        return store.lost(options.lostAfter()).stream()
                .filter(key -> !running.containsKey(key))
                .toList();
    }

    void takeOver(RunKey key) {
        if (store.takeOver(key, options.lostAfter())) {
            log.info("Took over job {} from a process that is gone", key.id());
            changed.accept(key.id());
            wake();
        }
    }

    /** Gives false when the try is another one's by now. */
    boolean heartbeat(RunKey key) {
        RunningJob run = running.get(key);
        if (run == null) {
            return true; // it ended a moment ago
        }
        Heard heard = store.heartbeat(key, run.latestProgress());
        if (heard == Heard.CANCEL) {
            run.ask(StopReason.CANCELLED);
        } else if (heard == Heard.LOST && running.containsKey(key)) {
            run.ask(StopReason.LOST);
        }
        return heard != Heard.LOST;
    }

    /** Tells a running job of this process to stop, without waiting for its heartbeat. */
    void cancel(JobId id) {
        running.values().stream().filter(run -> run.id().equals(id)).forEach(run -> run.ask(StopReason.CANCELLED));
    }

    /** Runs a job that was picked, to its end. Never throws. */
    void run(RunKey key) {
        RunningJob run = running.get(key);
        if (run == null) {
            return; // it was given back before it began
        }
        try {
            runHandler(run);
        } catch (RuntimeException e) {
            log.error("The end of job {} could not be stored; it will run again", key.id(), e);
        } finally {
            synchronized (running) {
                running.remove(key);
                running.notifyAll();
            }
            changed.accept(key.id());
            wake();
        }
    }

    private void runHandler(RunningJob run) {
        JobHandler handler = Objects.requireNonNull(handlers.get(run.request().type())); // only such are taken
        run.begin();
        String result;
        try {
            result = JobFailures.requireResult(run, handler.run(run));
        } catch (Throwable e) { // whatever a handler throws ends its job, not the worker
            run.endOfHandler();
            fail(run, e);
            return;
        }
        run.endOfHandler();
        report(run, store.end(run.key(), JobState.SUCCEEDED, result, null, run.latestProgress()));
    }

    private void fail(RunningJob run, Throwable thrown) {
        StopReason reason = run.stopReason();
        if (reason == StopReason.CLOSING) {
            report(run, store.giveBack(run.key()));
        } else if (reason == StopReason.CANCELLED) {
            report(run, store.end(run.key(), JobState.CANCELLED, null, null, run.latestProgress()));
        } else if (reason == StopReason.TIMED_OUT) {
            JobError error = JobFailures.timeout(run);
            report(run, store.end(run.key(), JobState.FAILED, null, error, run.latestProgress()));
        } else {
            report(run, failOrRetry(run, thrown));
        }
    }

    private boolean failOrRetry(RunningJob run, Throwable thrown) {
        JobError error = JobFailures.of(run, thrown);
        int failures = run.failures() + 1;
        if (error.code().type().isRetryable()
                && failures < run.request().retry().maxAttempts()) {
            Duration delay = run.request().retry().delayAfter(failures);
            log.info("Job {} failed and is tried again in {}", run.id(), JobFailures.seconds(delay), thrown);
            return store.retry(run.key(), error, delay);
        }
        if (thrown instanceof StudioException) {
            log.info("Job {} of type {} failed", run.id(), run.request().type(), thrown);
        } else {
            log.warn("Job {} of type {} failed", run.id(), run.request().type(), thrown);
        }
        return store.end(run.key(), JobState.FAILED, null, error, run.latestProgress());
    }

    private static void report(RunningJob run, boolean stored) {
        if (!stored) {
            log.info("What attempt {} of job {} came to is dropped: the job is no longer its", run.attempt(), run.id());
        }
    }

    /** Stops what has run too long, and ends jobs without handlers that don't stop. Called about twice a second. */
    void watchTime() {
        for (RunningJob run : running.values()) {
            if (run.isOverdue()) {
                run.ask(StopReason.TIMED_OUT);
            }
            if (run.ignoresFor(options.cancelGrace().multipliedBy(2))) {
                endWithoutHandler(run);
            } else if (run.ignoresFor(options.cancelGrace())) {
                run.interrupt();
            }
        }
    }

    private void endWithoutHandler(RunningJob run) {
        boolean isCancelled = run.stopReason() == StopReason.CANCELLED;
        JobError error = JobFailures.ignored(run, options.cancelGrace().multipliedBy(2));
        JobState state = isCancelled ? JobState.CANCELLED : JobState.FAILED;
        if (store.end(run.key(), state, null, error, run.latestProgress())) {
            log.warn("{}. {}", error.what(), error.mend());
            changed.accept(run.id());
        }
        run.ask(StopReason.LOST);
    }

    /** Lets running jobs end, and gives back those that don't. */
    void close() {
        closing = true;
        awaitRunning(options.closeWait());
        running.values().forEach(run -> run.ask(StopReason.CLOSING));
        awaitRunning(
                options.cancelGrace().compareTo(MOST_AFTER_ASKING) < 0 ? options.cancelGrace() : MOST_AFTER_ASKING);
        for (RunKey key : running.keySet()) {
            giveBack(key);
        }
        scheduler.stop();
    }

    private void giveBack(RunKey key) {
        try {
            if (store.giveBack(key)) {
                log.warn("Job {} did not stop and is given back to its queue", key.id());
            }
        } catch (StudioException e) {
            log.warn("Job {} could not be given back; another process will take it over", key.id(), e);
        }
    }

    private void awaitRunning(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        synchronized (running) {
            try {
                for (long left = limit.toMillis(); !running.isEmpty() && left > 0; ) {
                    running.wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
