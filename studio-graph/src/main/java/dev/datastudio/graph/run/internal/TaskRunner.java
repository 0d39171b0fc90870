package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent.NodeCancelled;
import dev.datastudio.graph.event.RunEvent.NodeFailed;
import dev.datastudio.graph.event.RunEvent.NodeFinished;
import dev.datastudio.graph.event.RunEvent.NodeStarted;
import dev.datastudio.graph.internal.Definition.Body;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.run.NodeException;
import java.time.Duration;
import java.time.Instant;
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
        try {
            if (run.events().wanted()) {
                String node = loop.nodeName(task);
                began = run.events().add((id, n, at) -> new NodeStarted(id, n, at, step, node, task.number()));
            }
            outcome = call(loop, task, view, step);
        } catch (Throwable e) {
            failure = e;
        } finally {
            run.threads().leave();
        }
        return failure != null ? failed(loop, task, step, failure) : finished(loop, task, step, began, outcome);
    }

    private TaskOutcome call(StepLoop loop, Task task, State view, int step) throws Exception {
        Body body = task.node().body();
        TaskContext context = new TaskContext(loop, task, step, 1);
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

    private static TaskOutcome done(@Nullable Update update, Task task, State view) {
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
        if (run.events().wanted()) {
            String node = loop.nodeName(task);
            run.events()
                    .add((id, n, at) -> stopped
                            ? new NodeCancelled(id, n, at, step, node, task.number())
                            : new NodeFinished(
                                    id,
                                    n,
                                    at,
                                    step,
                                    node,
                                    task.number(),
                                    Duration.between(began, at),
                                    ((TaskOutcome.Done) outcome).update()));
        }
        return stopped ? TaskOutcome.Stopped.INSTANCE : outcome;
    }

    /** Whether an onError applies: to neither an error of the virtual machine nor an interrupt of the thread. */
    private static boolean isRouted(Throwable failure) {
        return failure instanceof Exception && !(failure instanceof InterruptedException);
    }

    /** Another node goes on instead of this one. */
    private TaskOutcome takenOver(Task task, String node, int step, NodeException error) {
        if (run.events().wanted()) {
            run.events().add((id, n, at) -> new NodeFailed(id, n, at, step, node, task.number(), error));
        }
        return new TaskOutcome.Failed(
                new NodeFailure(task.node().name(), task.number(), error.code(), error.what(), error.mend()));
    }

    private TaskOutcome failed(StepLoop loop, Task task, int step, Throwable failure) {
        String node = loop.nodeName(task);
        NodeException error = Failures.inNode(node, loop.plan().name(), step, failure);
        if (isRouted(failure) && task.node().errorTarget().isPresent() && !run.isStopped()) {
            return takenOver(task, node, step, error);
        }
        boolean first = run.fail(error);
        if (run.events().wanted()) {
            run.events()
                    .add((id, n, at) -> first
                            ? new NodeFailed(id, n, at, step, node, task.number(), error)
                            : new NodeCancelled(id, n, at, step, node, task.number()));
        }
        if (first && failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return TaskOutcome.Stopped.INSTANCE;
    }
}
