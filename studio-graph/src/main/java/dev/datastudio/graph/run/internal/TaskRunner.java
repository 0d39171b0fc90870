package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
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
        Update update = Update.none();
        Throwable failure = null;
        try {
            if (run.events().wanted()) {
                String node = loop.nodeName(task);
                began = run.events().add((id, n, at) -> new NodeStarted(id, n, at, step, node, task.number()));
            }
            update = call(loop, task, view, step);
            requireUpdate(update, task, view);
        } catch (Throwable e) {
            failure = e;
        } finally {
            run.threads().leave();
        }
        return failure != null ? failed(loop, task, step, failure) : finished(loop, task, step, began, update);
    }

    private Update call(StepLoop loop, Task task, State view, int step) throws Exception {
        Body body = task.node().body();
        TaskContext context = new TaskContext(loop, task, step, 1);
        if (body instanceof Body.Function function) {
            return function.function().apply(view, context);
        }
        throw new AssertionError(body);
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

    private TaskOutcome finished(StepLoop loop, Task task, int step, Instant began, Update update) {
        boolean stopped = run.isStopped();
        if (run.events().wanted()) {
            String node = loop.nodeName(task);
            run.events()
                    .add((id, n, at) -> stopped
                            ? new NodeCancelled(id, n, at, step, node, task.number())
                            : new NodeFinished(
                                    id, n, at, step, node, task.number(), Duration.between(began, at), update));
        }
        return stopped ? TaskOutcome.Stopped.INSTANCE : new TaskOutcome.Done(update);
    }

    private TaskOutcome failed(StepLoop loop, Task task, int step, Throwable failure) {
        String node = loop.nodeName(task);
        NodeException error = Failures.inNode(node, loop.plan().name(), step, failure);
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
