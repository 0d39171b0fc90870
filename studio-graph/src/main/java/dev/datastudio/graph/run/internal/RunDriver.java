package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunEvent.RunCancelled;
import dev.datastudio.graph.event.RunEvent.RunFailed;
import dev.datastudio.graph.event.RunEvent.RunFinished;
import dev.datastudio.graph.event.RunEvent.RunInterrupted;
import dev.datastudio.graph.event.RunEvent.RunStarted;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunInterruptedException;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run: its loop of super-steps on the first thread that takes it up, and its end. Thread-safe. */
public final class RunDriver<O> implements Run<O>, Runnable {
    private final RunScope scope;
    private final Plan<?, O> plan;
    private final StepLoop loop;
    private final Cancellation owner;
    private final Consumer<RunDriver<O>> onEnd;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable O output;

    private RunDriver(
            RunScope scope, Plan<?, O> plan, StepLoop loop, Cancellation owner, Consumer<RunDriver<O>> onEnd) {
        this.scope = scope;
        this.plan = plan;
        this.loop = loop;
        this.owner = owner;
        this.onEnd = onEnd;
    }

    /**
     * A run that no thread has taken up yet.
     *
     * @param onEnd told once when the run has ended, on the thread that drove it
     */
    public static <I, O> RunDriver<O> of(
            Plan<I, O> plan, I input, RunOptions options, EngineParts engine, Consumer<RunDriver<O>> onEnd) {
        RunId id = options.id().orElseGet(RunId::random);
        List<RunListener> listeners = Stream.of(engine.listener(), options.listener())
                .flatMap(Optional::stream)
                .toList();
        EventLog events = new EventLog(id, engine.clock(), listeners, options.keptEvents());
        RunScope scope = new RunScope(id, options, engine, events);
        StepLoop loop = new StepLoop(scope, plan, "", "", plan.begin(input));
        return new RunDriver<>(scope, plan, loop, options.cancellation(), onEnd);
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
    public List<RunEvent> events() {
        return scope.events().snapshot();
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
            throw new RunInterruptedException(scope.id().value(), interrupted.interrupts());
        }
        throw Objects.requireNonNull(Objects.requireNonNull(scope.stop()).error());
    }

    @Override
    public RunOutcome<O> outcome() {
        run();
        if (!isDone()) {
            awaitEnd();
        }
        Stop stop = Objects.requireNonNull(scope.stop());
        return switch (stop.reason()) {
            case FINISHED -> new RunOutcome.Finished<>(Objects.requireNonNull(output));
            case INTERRUPTED -> new RunOutcome.Interrupted<>(stop.interrupts());
            case FAILED -> new RunOutcome.Failed<>(Objects.requireNonNull(stop.error()));
            case CANCELLED -> new RunOutcome.Cancelled<>();
        };
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
        Cancellation.Registration outer = owner.onCancel(scope.cancellation()::cancel);
        try {
            drive();
        } finally {
            outer.close();
            own.close();
            onEnd.accept(this);
            ended.countDown();
        }
    }

    private void drive() {
        EventLog events = scope.events();
        Instant began = events.wanted()
                ? events.add((run, n, at) -> new RunStarted(run, n, at, plan.name(), plan.version()))
                : Instant.EPOCH;
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
        reportEnd(began);
    }

    private void reportEnd(Instant began) {
        EventLog events = scope.events();
        if (!events.wanted()) {
            return;
        }
        Stop stop = Objects.requireNonNull(scope.stop());
        int step = loop.step();
        events.add((run, n, at) -> switch (stop.reason()) {
            case FINISHED -> new RunFinished(run, n, at, step, Duration.between(began, at));
            case INTERRUPTED -> new RunInterrupted(run, n, at, step, stop.interrupts());
            case CANCELLED -> new RunCancelled(run, n, at, step);
            case FAILED -> failed(run, n, at, step, Objects.requireNonNull(stop.error()));
        });
    }

    private static RunFailed failed(RunId run, long sequence, Instant at, int step, StudioException error) {
        Optional<String> node = error instanceof NodeException failed ? Optional.of(failed.node()) : Optional.empty();
        return new RunFailed(run, sequence, at, step, node, error);
    }
}
