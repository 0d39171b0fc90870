package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunEvent.NodeCancelled;
import dev.datastudio.graph.event.RunEvent.NodeFailed;
import dev.datastudio.graph.event.RunEvent.NodeFinished;
import dev.datastudio.graph.event.RunEvent.NodeStarted;
import dev.datastudio.graph.event.RunEvent.RunCancelled;
import dev.datastudio.graph.event.RunEvent.RunFailed;
import dev.datastudio.graph.event.RunEvent.RunFinished;
import dev.datastudio.graph.event.RunEvent.RunStarted;
import dev.datastudio.graph.event.RunEvent.StepStarted;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: its super-steps, one after the other, on the first thread that takes it up. What ends a run early, a failure
 * or a cancellation, is decided once, in {@code stop}; from then on no task begins, and the results of those that still
 * work are dropped. Thread-safe.
 */
public final class RunDriver<O> implements Run<O>, Runnable {
    private final RunId id;
    private final Plan<?, O> plan;
    private final Caller caller;
    private final Cancellation owner;
    private final Workers workers;
    private final EventLog events;
    private final Consumer<RunDriver<O>> onEnd;
    private final Cancellation cancellation = Cancellation.create();
    private final RunningThreads threads = new RunningThreads();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private State state;
    private int step;
    private @Nullable O output;

    private RunDriver(
            Plan<?, O> plan,
            State state,
            RunOptions options,
            Workers workers,
            EventLog events,
            RunId id,
            Consumer<RunDriver<O>> onEnd) {
        this.id = id;
        this.plan = plan;
        this.state = state;
        this.caller = options.caller();
        this.owner = options.cancellation();
        this.workers = workers;
        this.events = events;
        this.onEnd = onEnd;
    }

    /**
     * A run that no thread has taken up yet.
     *
     * @param onEnd told once when the run has ended, on the thread that drove it
     */
    public static <I, O> RunDriver<O> of(
            Plan<I, O> plan,
            I input,
            RunOptions options,
            Workers workers,
            InstantSource clock,
            Optional<RunListener> listener,
            Consumer<RunDriver<O>> onEnd) {
        RunId id = options.id().orElseGet(RunId::random);
        List<RunListener> listeners = Stream.of(listener, options.listener())
                .flatMap(Optional::stream)
                .toList();
        EventLog events = new EventLog(id, clock, listeners, options.keptEvents());
        return new RunDriver<>(plan, plan.begin(input), options, workers, events, id, onEnd);
    }

    @Override
    public RunId id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public boolean isDone() {
        return ended.getCount() == 0;
    }

    @Override
    public List<RunEvent> events() {
        return events.snapshot();
    }

    @Override
    public void cancel() {
        cancellation.cancel();
    }

    @Override
    public O await() {
        run();
        if (!isDone()) {
            awaitEnd();
        }
        Stop stopped = Objects.requireNonNull(stop.get());
        StudioException error = stopped.error();
        if (error != null) {
            throw error;
        }
        return Objects.requireNonNull(output);
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudioException(
                    ErrorCode.CANCELLED,
                    "The wait for run '" + id + "' was interrupted; the run goes on",
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
        Cancellation.Registration own = cancellation.onCancel(this::onCancel);
        Cancellation.Registration outer = owner.onCancel(cancellation::cancel);
        try {
            drive();
        } finally {
            outer.close();
            own.close();
            onEnd.accept(this);
            ended.countDown();
        }
    }

    private void onCancel() {
        stop.compareAndSet(null, new Stop(Cancellation.cancelledError(), true));
        threads.interruptAll();
    }

    private void drive() {
        Instant began = events.wanted()
                ? events.add((run, n, at) -> new RunStarted(run, n, at, plan.name(), plan.version()))
                : Instant.EPOCH;
        try {
            superSteps();
            if (stop.get() == null) {
                output = plan.end(state);
                stop.compareAndSet(null, Stop.AT_END);
            }
        } catch (StudioException e) {
            stop.compareAndSet(null, new Stop(e, false));
        } catch (RuntimeException | Error e) {
            stop.compareAndSet(null, new Stop(Failures.inGraph(plan.name(), step, e), false));
        }
        reportEnd(began);
    }

    private void superSteps() {
        Frontier frontier = new Frontier(plan);
        List<Task> tasks = frontier.first(state);
        while (!tasks.isEmpty() && stop.get() == null) {
            if (step == plan.maxSteps()) {
                throw Failures.stepLimit(plan.name(), step, namesOf(tasks));
            }
            step++;
            List<Task> current = tasks;
            if (events.wanted()) {
                events.add((run, n, at) -> new StepStarted(run, n, at, step, namesOf(current)));
            }
            Optional<State> after = superStep(current);
            if (after.isEmpty()) {
                return;
            }
            state = after.get();
            tasks = frontier.after(tasks, state, step);
        }
    }

    /** The state after the step, or empty when the run was stopped within it. */
    private Optional<State> superStep(List<Task> tasks) {
        if (tasks.size() == 1) {
            Update update = execute(tasks.get(0), state, step);
            return stop.get() == null ? Optional.of(state.plus(update)) : Optional.empty();
        }
        List<Update> updates = new ParallelStep(this, workers, tasks, state, step).run(this::cancel);
        return stop.get() == null ? Optional.of(state.plus(tasks, updates, step)) : Optional.empty();
    }

    /** Does one task, on this thread; its update is empty when the run is stopped. */
    Update execute(Task task, State view, int superStep) {
        if (stop.get() != null || !threads.enter()) {
            return Update.none();
        }
        Instant began = Instant.EPOCH;
        Update update = Update.none();
        Throwable failure = null;
        try {
            if (events.wanted()) {
                began = events.add((run, n, at) ->
                        new NodeStarted(run, n, at, superStep, task.node().name(), task.number()));
            }
            update = task.node().function().apply(view, new TaskContext(this, task, superStep));
            requireUpdate(update, task, view);
        } catch (Throwable e) {
            failure = e;
        } finally {
            threads.leave();
        }
        if (failure != null) {
            fail(task, superStep, failure);
            return Update.none();
        }
        return finish(task, superStep, began, update);
    }

    private static void requireUpdate(@Nullable Update update, Task task, State view) {
        if (update == null) {
            throw new StudioException(
                    ErrorCode.NODE_FAILED,
                    "Node '" + task.node().name() + "' returned null",
                    "Return Update.none() when nothing changes");
        }
        view.requireDeclared(update);
    }

    private Update finish(Task task, int superStep, Instant began, Update update) {
        boolean stopped = stop.get() != null;
        if (events.wanted()) {
            String node = task.node().name();
            events.add((run, n, at) -> stopped
                    ? new NodeCancelled(run, n, at, superStep, node, task.number())
                    : new NodeFinished(run, n, at, superStep, node, task.number(), Duration.between(began, at)));
        }
        return stopped ? Update.none() : update;
    }

    private void fail(Task task, int superStep, Throwable failure) {
        String node = task.node().name();
        NodeException error = Failures.inNode(node, plan.name(), superStep, failure);
        boolean first = stop.compareAndSet(null, new Stop(error, false));
        if (events.wanted()) {
            events.add((run, n, at) -> first
                    ? new NodeFailed(run, n, at, superStep, node, task.number(), error)
                    : new NodeCancelled(run, n, at, superStep, node, task.number()));
        }
        if (first) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            cancellation.cancel();
        }
    }

    private void reportEnd(Instant began) {
        if (!events.wanted()) {
            return;
        }
        Stop stopped = Objects.requireNonNull(stop.get());
        StudioException error = stopped.error();
        if (error == null) {
            events.add((run, n, at) -> new RunFinished(run, n, at, step, Duration.between(began, at)));
        } else if (stopped.byOwner()) {
            events.add((run, n, at) -> new RunCancelled(run, n, at, step));
        } else {
            Optional<String> node =
                    error instanceof NodeException failed ? Optional.of(failed.node()) : Optional.empty();
            events.add((run, n, at) -> new RunFailed(run, n, at, step, node, error));
        }
    }

    private static List<String> namesOf(List<Task> tasks) {
        return tasks.stream().map(task -> task.node().name()).toList();
    }

    /**
     * Why a run takes no further step.
     *
     * @param error what to throw, null at the regular end
     * @param byOwner whether it was cancelled, not failed
     */
    private record Stop(@Nullable StudioException error, boolean byOwner) {
        static final Stop AT_END = new Stop(null, false);
    }
}
