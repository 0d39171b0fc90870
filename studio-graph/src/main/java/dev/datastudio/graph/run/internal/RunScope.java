package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent.CheckpointSaved;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.internal.log.Spent;
import dev.datastudio.graph.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final Meter meter;
    private final Compensations compensations;
    private final @Nullable Held held;
    private final boolean plain;
    private final @Nullable RunScope around;
    private final boolean failsAlone;
    private final List<RunScope> inner = new ArrayList<>(0);
    private final List<Update> queued = new ArrayList<>();
    private volatile boolean hasQueued;
    private @Nullable RunLog log;
    private volatile @Nullable Ledger ownLedger;

    RunScope(RunId id, RunOptions options, EngineParts engine, EventLog events) {
        this.id = id;
        this.caller = options.caller();
        this.engine = engine;
        this.events = events;
        this.meter = new Meter(
                options.budget(),
                engine.policies().timekeeper(),
                options.thread().isPresent(),
                this::fail);
        this.compensations = new Compensations();
        this.held = Held.ofThread();
        this.plain = held == null && engine.policies().slots() == null;
        this.around = null;
        this.failsAlone = true;
    }

    private RunScope(RunScope around, boolean failsAlone, @Nullable Held held) {
        this.id = around.id;
        this.caller = around.caller;
        this.engine = around.engine;
        this.events = around.events;
        this.log = around.log;
        this.meter = around.meter;
        this.compensations = around.compensations;
        this.held = held;
        this.plain = held == null && around.plain;
        this.around = around;
        this.failsAlone = failsAlone;
    }

    /** A part of the run whose failure stops nothing else. */
    RunScope forSubgraph() {
        return new RunScope(this, true, held);
    }

    /** A part of the run that can be cancelled alone and whose failure is that of what is around it. */
    RunScope forTask() {
        return new RunScope(this, false, held);
    }

    /** As {@link #forTask()}, for a task that holds something while it goes on. */
    RunScope forTask(@Nullable Held more) {
        return new RunScope(this, false, more);
    }

    /** Has a part of the run stopped when what is around it is, until this is closed. */
    Cancellation.Registration open() {
        RunScope outer = Objects.requireNonNull(around);
        Cancellation.Registration own = cancellation.onCancel(this::onCancel);
        outer.enclose(this);
        Cancellation.Registration outers = outer.cancellation.onCancel(cancellation::cancel);
        return () -> {
            outers.close();
            outer.release(this);
            own.close();
        };
    }

    private synchronized void enclose(RunScope scope) {
        inner.add(scope);
    }

    private synchronized void release(RunScope scope) {
        inner.remove(scope);
    }

    private synchronized List<RunScope> enclosed() {
        return List.copyOf(inner);
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

    /** Has what the run does kept in a thread's log; called once, before the run is driven. */
    void keepIn(RunLog value) {
        log = value;
    }

    /** The log of the run's thread, or null when it has none. */
    @Nullable
    RunLog log() {
        return log;
    }

    /** What must not be done again. */
    Ledger ledger() {
        RunLog kept = log;
        if (kept != null) {
            return kept.ledger();
        }
        if (around != null) {
            return around.ledger();
        }
        Ledger own = ownLedger;
        return own != null ? own : madeLedger();
    }

    private synchronized Ledger madeLedger() {
        Ledger own = ownLedger;
        if (own == null) {
            own = new Ledger();
            ownLedger = own;
        }
        return own;
    }

    /** Queues an update for the end of the super-step that goes on. */
    void queue(Update update) {
        RunLog kept = log;
        if (kept != null) {
            kept.queue(update);
            return;
        }
        synchronized (queued) {
            if (isStopped()) {
                throw new IllegalStateException("the run has ended; start another one with what is to be added");
            }
            queued.add(update);
            hasQueued = true;
        }
    }

    /** Takes what was queued. */
    List<Update> takeQueued() {
        RunLog kept = log;
        if (kept != null) {
            return kept.takeQueued();
        }
        if (!hasQueued) {
            return List.of();
        }
        synchronized (queued) {
            List<Update> taken = List.copyOf(queued);
            queued.clear();
            hasQueued = false;
            return taken;
        }
    }

    void reportCheckpoint(long checkpoint) {
        if (events.wanted()) {
            events.add((run, n, at) -> new CheckpointSaved(run, n, at, checkpoint));
        }
    }

    /** What the run uses. */
    Meter meter() {
        return meter;
    }

    Spent spent() {
        return meter.spent();
    }

    /** What can be undone. */
    Compensations compensations() {
        return compensations;
    }

    /** Whether a task without options of its own needs nothing from the engine and holds nothing for others. */
    boolean isPlain() {
        return plain;
    }

    /** What the tasks around this part of the run hold, or null. */
    @Nullable
    Held held() {
        return held;
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
        // First what is within, so that a node that is interrupted finds its cancellation set.
        for (RunScope each : enclosed()) {
            each.cancellation.cancel();
        }
        threads.interruptAll();
    }
}
