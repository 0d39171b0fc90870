package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent.NodeCancelled;
import dev.datastudio.graph.event.RunEvent.NodeFailed;
import dev.datastudio.graph.event.RunEvent.NodeInterrupted;
import dev.datastudio.graph.internal.Definition.Body;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.run.NodeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does the tasks of a run, each on the thread that calls. Thread-safe. */
final class TaskRunner {
    private final RunScope run;

    TaskRunner(RunScope run) {
        this.run = run;
    }

    TaskOutcome run(StepLoop loop, Task task, State view, int step) {
        if (run.isStopped() || !run.threads().enter()) {
            return TaskOutcome.Stopped.INSTANCE;
        }
        Instant began = Instant.EPOCH;
        TaskOutcome outcome = TaskOutcome.Stopped.INSTANCE;
        Throwable failure = null;
        GuardedTask guarded = isPlain(task) ? null : new GuardedTask(this, run, loop, task, view, step);
        try {
            if (run.events().wanted()) {
                began = run.events().nodeStarted(step, loop.nodeName(task), task.number());
            }
            outcome = guarded == null ? call(loop, task, view, step, 1) : guarded.run();
        } catch (InterruptSignal e) {
            outcome = asked(loop, task, step, e.interrupt());
        } catch (Throwable e) {
            failure = e;
        } finally {
            run.threads().leave();
        }
        if (failure == null) {
            return finished(loop, task, step, began, outcome);
        }
        return failed(loop, task, step, failure, guarded == null ? List.of() : guarded.earlier());
    }

    private boolean isPlain(Task task) {
        return run.isPlain() && task.node().isPlain();
    }

    /** Does the task once. */
    TaskOutcome call(StepLoop loop, Task task, State view, int step, int attempt) throws Exception {
        Body body = task.node().body();
        TaskContext context = new TaskContext(loop, task, step, attempt);
        if (body instanceof Body.Function function) {
            return done(function.function().apply(view, context), task, view);
        }
        SubgraphTask subgraph = new SubgraphTask(loop, task);
        TaskOutcome outcome;
        if (body instanceof Body.Sub sub) {
            outcome = subgraph.mapped(sub, view, context);
        } else if (body instanceof Body.Shared shared) {
            outcome = subgraph.shared(shared.sharing(), view);
        } else {
            throw new AssertionError(body);
        }
        return outcome instanceof TaskOutcome.Done done ? done(done.update(), task, view) : outcome;
    }

    /** What a task came to that returned. */
    static TaskOutcome done(@Nullable Update update, Task task, State view) {
        if (update == null) {
            throw new StudioException(
                    ErrorCode.NODE_FAILED,
                    "Node '" + task.node().name() + "' returned null",
                    "Return Update.none() when nothing changes");
        }
        view.requireDeclared(update);
        return new TaskOutcome.Done(update);
    }

    private TaskOutcome finished(StepLoop loop, Task task, int step, Instant began, TaskOutcome outcome) {
        boolean stopped = run.isStopped();
        if (!stopped && !(outcome instanceof TaskOutcome.Done)) {
            return outcome;
        }
        if (outcome instanceof TaskOutcome.Done done && task.node().isCompensated()) {
            run.compensations().add(loop, step, task, done.update());
            if (stopped) {
                loop.keepUndoable(task, step, done);
            }
        }
        if (run.events().wanted()) {
            reportFinished(loop, task, step, began, outcome, stopped);
        }
        return stopped ? TaskOutcome.Stopped.INSTANCE : outcome;
    }

    private void reportFinished(
            StepLoop loop, Task task, int step, Instant began, TaskOutcome outcome, boolean stopped) {
        String node = loop.nodeName(task);
        if (!stopped && outcome instanceof TaskOutcome.Done done) {
            run.events().nodeFinished(step, node, task.number(), began, done.update());
        } else {
            run.events().add((id, n, at) -> new NodeCancelled(id, n, at, step, node, task.number()));
        }
    }

    private TaskOutcome asked(StepLoop loop, Task task, int step, Interrupt interrupt) {
        if (run.events().wanted()) {
            String node = loop.nodeName(task);
            run.events().add((id, n, at) -> new NodeInterrupted(id, n, at, step, node, task.number(), interrupt));
        }
        return new TaskOutcome.Asked(List.of(interrupt));
    }

    private TaskOutcome failed(StepLoop loop, Task task, int step, Throwable failure, List<Throwable> earlier) {
        String node = loop.nodeName(task);
        NodeException error = Failures.inNode(node, loop.plan().name(), step, failure);
        earlier.forEach(error::addSuppressed);
        boolean takenOver = task.node().options().onError().isPresent() && Failures.isTakenOver(failure);
        boolean first = takenOver ? !run.isStopped() : run.fail(error);
        if (run.events().wanted()) {
            run.events()
                    .add((id, n, at) -> first
                            ? new NodeFailed(id, n, at, step, node, task.number(), error)
                            : new NodeCancelled(id, n, at, step, node, task.number()));
        }
        if (first && failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return first && takenOver ? new TaskOutcome.Failed(failure(task, error)) : TaskOutcome.Stopped.INSTANCE;
    }

    private static NodeFailure failure(Task task, NodeException error) {
        return new NodeFailure(task.node().name(), task.number(), error.code(), error.what(), error.mend());
    }
}
