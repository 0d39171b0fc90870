package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.run.RunOptions;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the loops of one run, the graph's own and those of its sub-graphs, share. What ends a run early, a failure or a
 * cancellation, is decided once, in {@code stop}; from then on no task begins, and the results of those that still work
 * are dropped.
 *
 * <p>A part of a run can be stopped alone: the loop of a sub-graph, whose failure is that of its node, or a task that no
 * longer matters. It has a scope below the one around it, with a stop, a cancellation and threads of its own, and is
 * stopped with the one around it; all else is the run's. Thread-safe.
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
    private final @Nullable RunScope around;
    private final boolean failsAlone;

    RunScope(RunId id, RunOptions options, EngineParts engine, EventLog events) {
        this.id = id;
        this.caller = options.caller();
        this.engine = engine;
        this.events = events;
        this.around = null;
        this.failsAlone = true;
    }

    private RunScope(RunScope around, boolean failsAlone) {
        this.id = around.id;
        this.caller = around.caller;
        this.engine = around.engine;
        this.events = around.events;
        this.around = around;
        this.failsAlone = failsAlone;
    }

    /** A part of the run whose failure stops nothing else. */
    RunScope forSubgraph() {
        return new RunScope(this, true);
    }

    /** A part of the run that can be cancelled alone and whose failure is that of what is around it. */
    RunScope forTask() {
        return new RunScope(this, false);
    }

    /** Has a part of the run stopped when what is around it is, until this is closed. */
    Cancellation.Registration open() {
        RunScope outer = Objects.requireNonNull(around);
        Cancellation.Registration own = cancellation.onCancel(this::onCancel);
        Cancellation.Registration outers = outer.cancellation.onCancel(cancellation::cancel);
        return () -> {
            outers.close();
            own.close();
        };
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
        return stop.get() != null || (around != null && around.isStopped());
    }

    /** Why this, but not what is around it, was stopped, or null. */
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
        if (!failsAlone) {
            return stop.get() == null && Objects.requireNonNull(around).fail(error);
        }
        if (isStopped()) {
            return false;
        }
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
