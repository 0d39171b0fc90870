package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.run.RunOptions;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the loops of one run, the graph's own and those of its sub-graphs, share. What ends a run early, a failure or a
 * cancellation, is decided once, in {@code stop}; from then on no task begins, and the results of those that still work
 * are dropped. Thread-safe.
 */
final class RunScope {
    private final RunId id;
    private final Caller caller;
    private final EngineParts engine;
    private final EventLog events;
    private final Cancellation cancellation = Cancellation.create();
    private final RunningThreads threads = new RunningThreads();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final TaskRunner tasks = new TaskRunner(this);

    RunScope(RunId id, RunOptions options, EngineParts engine, EventLog events) {
        this.id = id;
        this.caller = options.caller();
        this.engine = engine;
        this.events = events;
    }

    RunId id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    EngineParts engine() {
        return engine;
    }

    EventLog events() {
        return events;
    }

    TaskRunner tasks() {
        return tasks;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    RunningThreads threads() {
        return threads;
    }

    boolean isStopped() {
        return stop.get() != null;
    }

    @Nullable
    Stop stop() {
        return stop.get();
    }

    /** Stops the run, unless it was stopped before; gives whether this was the first reason. */
    boolean stop(Stop reason) {
        return stop.compareAndSet(null, reason);
    }

    /** Stops the run because of an error, and whatever still works for it. */
    boolean fail(StudioException error) {
        boolean first = stop(Stop.failed(error));
        if (first) {
            cancellation.cancel();
        }
        return first;
    }

    /** Stops the run for its owner; runs as an action of the cancellation. */
    void onCancel() {
        stop(Stop.cancelled(Cancellation.cancelledError()));
        threads.interruptAll();
    }
}
