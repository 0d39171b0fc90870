package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.EventStream;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunEvent.CheckpointDamaged;
import dev.datastudio.graph.event.RunEvent.RunCancelled;
import dev.datastudio.graph.event.RunEvent.RunFailed;
import dev.datastudio.graph.event.RunEvent.RunInterrupted;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.event.StreamOptions;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.ThreadCodec;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunInterruptedException;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: its loop of super-steps on the first thread that takes it up, and its end. Thread-safe. */
public final class RunDriver<O> implements Run<O>, Runnable {
    private final RunScope scope;
    private final Plan<?, O> plan;
    private final StepLoop loop;
    private final Cancellation owner;
    private final Optional<String> thread;
    private final Consumer<RunDriver<O>> onEnd;
    private final List<ThreadCodec.Damage> damage;
    private final Optional<StudioException> undone;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean left;
    private @Nullable O output;
    private @Nullable Stop end;

    private RunDriver(
            RunScope scope,
            Plan<?, O> plan,
            StepLoop loop,
            RunOptions options,
            Consumer<RunDriver<O>> onEnd,
            List<ThreadCodec.Damage> damage,
            Optional<StudioException> undone) {
        this.damage = damage;
        this.undone = undone;
        this.scope = scope;
        this.plan = plan;
        this.loop = loop;
        this.owner = options.cancellation();
        this.thread = options.thread();
        this.onEnd = onEnd;
    }

    /**
     * A run from the graph's beginning that no thread has taken up yet.
     *
     * @param onEnd told once when the run has ended, on the thread that drove it
     */
    public static <I, O> RunDriver<O> begin(
            Plan<I, O> plan, I input, RunOptions options, EngineParts engine, Consumer<RunDriver<O>> onEnd) {
        State state = plan.begin(input);
        Optional<ThreadOpener> opener = opener(plan, options, engine);
        RunScope scope = scope(options, engine, 0);
        if (opener.isPresent()) {
            SavedThread empty = SavedThread.empty(plan.name(), plan.version(), ThreadCodec.shape(plan));
            ThreadState claimed = opener.get().create();
            keep(scope, plan, opener.get(), claimed, empty, options);
        } else {
            requireNoInterrupts(plan);
        }
        StepLoop loop = new StepLoop(scope, plan, "", "", state);
        return new RunDriver<>(scope, plan, loop, options, onEnd, List.of(), Optional.empty());
    }

    /** A run that goes on where its thread stands and that no thread has taken up yet. */
    public static <O> RunDriver<O> resume(
            Plan<?, O> plan, Resume how, RunOptions options, EngineParts engine, Consumer<RunDriver<O>> onEnd) {
        ThreadOpener opener = opener(plan, options, engine).orElseThrow();
        return reopened(plan, opener, opener.resume(how), options, engine, onEnd);
    }

    /** A run from the graph's beginning on the state that a finished thread has. */
    public static <I, O> RunDriver<O> next(
            Plan<I, O> plan, I input, RunOptions options, EngineParts engine, Consumer<RunDriver<O>> onEnd) {
        ThreadOpener opener = opener(plan, options, engine).orElseThrow();
        return reopened(plan, opener, opener.next(plan.inputUpdate(input)), options, engine, onEnd);
    }

    private static <O> RunDriver<O> reopened(
            Plan<?, O> plan,
            ThreadOpener opener,
            ThreadOpener.Opened opened,
            RunOptions options,
            EngineParts engine,
            Consumer<RunDriver<O>> onEnd) {
        RunScope scope = scope(options, engine, opened.saved().events());
        RunLog log = keep(scope, plan, opener, opened.claimed(), opened.saved(), options);
        try {
            scope.meter().goOnFrom(opened.saved().spent());
            StepLoop loop = StepLoop.saved(scope, plan, "", log.earlier("").orElseThrow());
            scope.compensations().goesOn(loop);
            scope.compensations().restore(log, opened.saved());
            log.reopened(opened);
            return new RunDriver<>(
                    scope, plan, loop, options, onEnd, opened.replay().damage(), opened.undone());
        } catch (RuntimeException | Error e) {
            log.abandon();
            opener.giveBack(opened, e);
            throw e;
        }
    }

    private static Optional<ThreadOpener> opener(Plan<?, ?> plan, RunOptions options, EngineParts engine) {
        if (options.thread().isEmpty()) {
            return Optional.empty();
        }
        Committer committer = engine.committer()
                .orElseThrow(() -> new IllegalArgumentException(
                        "thread '" + options.thread().get()
                                + "' needs a store; give the engine one by Engine.builder().store(...)"));
        ThreadKey key =
                new ThreadKey(options.caller().tenant(), options.thread().get());
        return Optional.of(new ThreadOpener(plan, key, committer, engine.owner()));
    }

    private static RunScope scope(RunOptions options, EngineParts engine, long events) {
        RunId id = options.id().isPresent() ? options.id().get() : RunId.random();
        List<RunListener> listeners = new ArrayList<>();
        add(engine.listener(), listeners);
        add(options.listener(), listeners);
        return new RunScope(
                id, options, engine, new EventLog(id, engine.clock(), listeners, options.keptEvents(), events + 1));
    }

    private static void add(Optional<RunListener> listener, List<RunListener> listeners) {
        if (listener.isPresent()) {
            listeners.add(listener.get().forRun());
        }
    }

    private static RunLog keep(
            RunScope scope,
            Plan<?, ?> plan,
            ThreadOpener opener,
            ThreadState claimed,
            SavedThread saved,
            RunOptions options) {
        Journal journal = opener.journal(claimed, options.durability(), scope::fail, scope::reportCheckpoint);
        RunLog log = new RunLog(plan, journal, saved, scope::spent, scope.events()::last);
        scope.keepIn(log);
        return log;
    }

    private static void requireNoInterrupts(Plan<?, ?> plan) {
        List<String> stops = plan.interruptedNodes();
        if (!stops.isEmpty()) {
            throw new IllegalArgumentException("graph '" + plan.name() + "' stops at nodes " + stops
                    + ", which needs a thread to be resumed; give the run one by RunOptions.thread");
        }
    }

    @Override
    public RunId id() {
        return scope.id();
    }

    @Override
    public boolean isDone() {
        return ended.getCount() == 0;
    }

    @Override
    public void send(Update update) {
        loop.state().requireDeclared(update);
        scope.queue(update);
    }

    @Override
    public List<RunEvent> events() {
        return scope.events().snapshot();
    }

    @Override
    public EventStream stream(StreamOptions options) {
        return new RunEvents(id(), scope.events(), scope.engine().workers(), options);
    }

    @Override
    public void cancel() {
        scope.cancellation().cancel();
    }

    @Override
    public O await() {
        RunOutcome<O> outcome = outcome();
        if (outcome instanceof RunOutcome.Finished<O> finished) {
            return finished.output();
        }
        if (outcome instanceof RunOutcome.Interrupted<O> interrupted) {
            throw new RunInterruptedException(thread.orElseThrow(), interrupted.interrupts());
        }
        throw Objects.requireNonNull(Objects.requireNonNull(end).error());
    }

    @Override
    public RunOutcome<O> outcome() {
        endedOutsideOfSlot();
        Stop stop = Objects.requireNonNull(end);
        return switch (stop.reason()) {
            case FINISHED -> new RunOutcome.Finished<>(Objects.requireNonNull(output));
            case INTERRUPTED -> new RunOutcome.Interrupted<>(stop.interrupts());
            case FAILED -> new RunOutcome.Failed<>(Objects.requireNonNull(stop.error()));
            case CANCELLED -> new RunOutcome.Cancelled<>();
        };
    }

    /** A node that waits for another run leaves its slot to it. */
    private void endedOutsideOfSlot() {
        Slots slots = scope.engine().policies().slots();
        if (slots == null || !slots.leave()) {
            toItsEnd();
            return;
        }
        try {
            toItsEnd();
        } finally {
            slots.enterAgain();
        }
    }

    private void toItsEnd() {
        run();
        if (!isDone()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudioException(
                    ErrorCode.CANCELLED,
                    "The wait for run '" + id() + "' was interrupted; the run goes on",
                    "Call await() again for its output, or cancel() to end it",
                    e);
        }
    }

    /** Drives the run to its end, unless another thread has taken it up. */
    @Override
    public void run() {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        Cancellation.Registration own = scope.cancellation().onCancel(scope::onCancel);
        Cancellation.Registration outer =
                owner == Cancellation.none() ? null : owner.onCancel(scope.cancellation()::cancel);
        Cancellation.Registration meter = scope.meter().drive();
        try {
            drive();
        } finally {
            meter.close();
            if (outer != null) {
                outer.close();
            }
            own.close();
            onEnd.accept(this);
            ended.countDown();
        }
    }

    private void drive() {
        EventLog events = scope.events();
        Instant began = events.wanted() ? events.runStarted(plan.name(), plan.version()) : events.now();
        reportDamage(events);
        if (undone.isPresent()) {
            scope.stop(Stop.failed(undone.get()));
        }
        try {
            List<Interrupt> asked = loop.superSteps();
            if (!asked.isEmpty()) {
                scope.stop(Stop.interrupted(asked));
            } else if (!scope.isStopped()) {
                output = plan.end(loop.state());
                scope.stop(Stop.AT_END);
            }
        } catch (StudioException e) {
            scope.stop(Stop.failed(e));
        } catch (RuntimeException | Error e) {
            scope.stop(Stop.failed(Failures.inGraph(plan.name(), loop.step(), e)));
        }
        Stop stop = Objects.requireNonNull(scope.stop());
        compensate(stop);
        end = kept(stop);
        reportEnd(began, end);
    }

    private void reportDamage(EventLog events) {
        if (events.wanted()) {
            for (ThreadCodec.Damage each : damage) {
                events.add((run, n, at) ->
                        new CheckpointDamaged(run, n, at, each.entry(), each.usedInstead(), each.what()));
            }
        }
    }

    /** Ends the run because its engine closes; one with a thread can be resumed and undoes nothing. */
    public void leave() {
        left = true;
        cancel();
    }

    /** A run whose thread's log can't say what is undone leaves that to whoever resumes the thread. */
    private void compensate(Stop stop) {
        StudioException error = stop.error();
        RunLog log = scope.log();
        boolean goesOnLater = left && stop.reason() == Stop.Reason.CANCELLED;
        if (error == null || (log != null && (goesOnLater || log.isBroken()))) {
            return;
        }
        try {
            scope.compensations().undo(scope, error);
        } catch (StudioException e) {
            error.addSuppressed(e);
        }
    }

    /** Has the end stored; a run that can't be stored has failed, whatever it came to. */
    private Stop kept(Stop stop) {
        RunLog log = scope.log();
        if (log == null) {
            return stop;
        }
        try {
            log.close(stop);
            return stop;
        } catch (StudioException e) {
            return notKept(log, stop, e);
        } catch (RuntimeException | Error e) {
            return notKept(log, stop, Failures.inGraph(plan.name(), loop.step(), e));
        }
    }

    /** Where only what the run came to can't be stored, the log says at least that it ended. */
    private Stop notKept(RunLog log, Stop stop, StudioException error) {
        StudioException first = stop.error();
        if (first != null && first != error) {
            error.addSuppressed(first);
        }
        Stop failed = Stop.failed(error);
        if (log.isBroken()) {
            return failed;
        }
        try {
            log.closeFailed(failed);
        } catch (StudioException e) {
            error.addSuppressed(e);
        }
        return failed;
    }

    private void reportEnd(Instant began, Stop stop) {
        int step = loop.step();
        EventLog events = scope.events();
        switch (stop.reason()) {
            case FINISHED -> events.runFinished(step, began);
            case INTERRUPTED -> events.add((run, n, at) -> new RunInterrupted(run, n, at, step, stop.interrupts()));
            case CANCELLED -> events.add((run, n, at) -> new RunCancelled(run, n, at, step));
            case FAILED -> events.add((run, n, at) -> failed(run, n, at, step, Objects.requireNonNull(stop.error())));
        }
    }

    private static RunFailed failed(RunId run, long sequence, Instant at, int step, StudioException error) {
        Optional<String> node = error instanceof NodeException failed ? Optional.of(failed.node()) : Optional.empty();
        return new RunFailed(run, sequence, at, step, node, error);
    }
}
