package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Cancellation.Registration;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent.NodeRetried;
import dev.datastudio.graph.internal.Definition.Body;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.policy.Limit;
import dev.datastudio.graph.policy.NodeCache;
import dev.datastudio.graph.policy.NodeOptions;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.NodeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One task of a node with options: around the whole its cache, then its tries, and around each try its limit, the
 * engine's bound of concurrency, and its timeout, in this order, so that no task holds a permit that others need while
 * it waits for one that they hold. Used by the one thread that does the task.
 */
final class GuardedTask {
    private static final int MAX_EARLIER = 10;

    private final TaskRunner runner;
    private final RunScope run;
    private final StepLoop loop;
    private final Task task;
    private final State view;
    private final int step;
    private final NodeOptions options;
    private final Policies policies;
    private final Deque<Throwable> earlier = new ArrayDeque<>();

    GuardedTask(TaskRunner runner, RunScope run, StepLoop loop, Task task, State view, int step) {
        this.runner = runner;
        this.run = run;
        this.loop = loop;
        this.task = task;
        this.view = view;
        this.step = step;
        this.options = task.node().options();
        this.policies = run.engine().policies();
    }

    /** The failures of the tries before the last, at most the latest {@value #MAX_EARLIER}. */
    List<Throwable> earlier() {
        return new ArrayList<>(earlier);
    }

    TaskOutcome run() throws Exception {
        Optional<NodeCache> cache = options.cache();
        return cache.isEmpty() ? tries(run.held()) : cached(cache.get());
    }

    private TaskOutcome cached(NodeCache cache) throws Exception {
        UpdateCaches caches = policies.caches();
        UpdateCaches.Key key = key(cache);
        while (true) {
            Optional<Update> known = caches.find(key, cache);
            if (known.isPresent()) {
                return TaskRunner.done(known.get(), task, view);
            }
            UpdateCaches.Flight own = new UpdateCaches.Flight();
            UpdateCaches.Flight other = caches.begin(key, own);
            if (other == null) {
                return made(caches, key, cache, own);
            }
            if (run.held() != null) {
                // Others may wait for what the tasks around this one hold, so it must not wait for them.
                return tries(run.held());
            }
            requireGoing();
            Optional<Update> result = other.await();
            if (result.isPresent()) {
                return TaskRunner.done(result.get(), task, view);
            }
        }
    }

    private UpdateCaches.Key key(NodeCache cache) {
        Object value = cache.key().apply(view);
        if (value == null) {
            throw new StudioException(
                    ErrorCode.NODE_FAILED,
                    "The key of the cache of node '" + task.node().name() + "' is null",
                    "Give a value with equals and hashCode by value");
        }
        return new UpdateCaches.Key(
                run.caller().tenant(),
                loop.plan().name(),
                loop.plan().version(),
                task.node().name(),
                task.input(),
                value);
    }

    private TaskOutcome made(UpdateCaches caches, UpdateCaches.Key key, NodeCache cache, UpdateCaches.Flight own)
            throws Exception {
        try {
            Optional<Update> known = caches.find(key, cache);
            TaskOutcome outcome =
                    known.isPresent() ? TaskRunner.done(known.get(), task, view) : tries(new Held(null, run.held()));
            if (outcome instanceof TaskOutcome.Done done && !run.isStopped()) {
                caches.put(key, cache, done.update());
                own.succeed(done.update());
            }
            return outcome;
        } finally {
            caches.end(key, own);
        }
    }

    private TaskOutcome tries(@Nullable Held held) throws Exception {
        for (int attempt = 1; ; attempt++) {
            requireGoing();
            try {
                return oneTry(attempt, held);
            } catch (Exception e) {
                if (!isTriedAgain(e, attempt)) {
                    throw e;
                }
                Duration delay = delay(options.retry().orElseThrow(), attempt);
                keep(e);
                report(e, attempt, delay);
                if (!delay.isZero()) {
                    policies.timekeeper().pause(delay);
                }
            }
        }
    }

    private boolean isTriedAgain(Exception failure, int attempt) {
        Optional<Retry> retry = options.retry();
        return retry.isPresent()
                && attempt < retry.get().attempts()
                && !run.isStopped()
                && !Failures.isFinal(failure)
                && retry.get().test().test(failure);
    }

    private void keep(Exception failure) {
        if (earlier.size() == MAX_EARLIER) {
            earlier.removeFirst();
        }
        earlier.addLast(failure);
    }

    private Duration delay(Retry retry, int attempt) {
        double longest = seconds(retry.maxDelay());
        double whole = Math.min(longest, seconds(retry.delay()) * Math.pow(retry.factor(), attempt - 1.0));
        double waited = retry.jitter() == 0 ? whole : whole * (1 - retry.jitter() * policies.chance());
        long seconds = (long) waited;
        return Duration.ofSeconds(seconds, Math.round((waited - seconds) * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    private void report(Exception failure, int attempt, Duration delay) {
        if (!run.events().wanted()) {
            return;
        }
        String node = loop.nodeName(task);
        NodeException error = Failures.inNode(node, loop.plan().name(), step, failure);
        run.events().add((id, n, at) -> new NodeRetried(id, n, at, step, node, task.number(), attempt, delay, error));
    }

    private TaskOutcome oneTry(int attempt, @Nullable Held held) throws Exception {
        Optional<Limit> limit = options.limit();
        if (limit.isEmpty()) {
            return slotted(attempt, held);
        }
        Limits.Permit permit = policies.limits().acquire(limit.get(), run.held());
        try {
            return slotted(attempt, new Held(permit, held));
        } finally {
            permit.release();
        }
    }

    /** A sub-graph takes no slot, as its tasks do. */
    private TaskOutcome slotted(int attempt, @Nullable Held held) throws Exception {
        Slots slots = policies.slots();
        if (slots == null || !(task.node().body() instanceof Body.Function)) {
            return timed(attempt, held);
        }
        slots.enter();
        try {
            return timed(attempt, held);
        } finally {
            slots.leave();
        }
    }

    private TaskOutcome timed(int attempt, @Nullable Held held) throws Exception {
        requireGoing();
        Optional<Duration> timeout = options.timeout();
        if (timeout.isEmpty() && held == null) {
            return runner.call(loop, task, view, step, attempt);
        }
        RunScope own = run.forTask(held);
        Registration outer = own.open();
        Registration alarm = timeout.isEmpty()
                ? () -> {}
                : policies.timekeeper().after(timeout.get(), () -> expire(own, timeout.get(), attempt));
        try {
            return inTime(own, attempt, held);
        } finally {
            alarm.close();
            outer.close();
        }
    }

    private void expire(RunScope own, Duration timeout, int attempt) {
        String node = loop.nodeName(task);
        if (own.stop(Stop.failed(Failures.timeout(node, loop.plan().name(), step, attempt, timeout)))) {
            own.cancellation().cancel();
        }
    }

    private TaskOutcome inTime(RunScope own, int attempt, @Nullable Held held) throws Exception {
        TaskOutcome outcome = TaskOutcome.Stopped.INSTANCE;
        Exception failure = null;
        try {
            outcome = within(own, attempt, held);
        } catch (Exception e) {
            failure = e;
        }
        boolean ended = own.stop(Stop.AT_END);
        Stop stop = Objects.requireNonNull(own.stop());
        if (!ended && stop.error() != null && !run.isStopped()) {
            StudioException error = stop.error();
            if (failure != null && !(failure instanceof InterruptedException)) {
                error.addSuppressed(failure);
            }
            throw error;
        }
        if (failure != null) {
            throw failure;
        }
        return outcome;
    }

    private TaskOutcome within(RunScope own, int attempt, @Nullable Held held) throws Exception {
        if (!own.threads().enter()) {
            return TaskOutcome.Stopped.INSTANCE;
        }
        Held before = Held.swap(held);
        try {
            return runner.call(loop.within(own), task, view, step, attempt);
        } finally {
            Held.swap(before);
            own.threads().leave();
        }
    }

    private void requireGoing() {
        if (run.isStopped()) {
            throw Cancellation.cancelledError();
        }
    }
}
