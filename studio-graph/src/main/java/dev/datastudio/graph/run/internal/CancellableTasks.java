package dev.datastudio.graph.run.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.event.RunEvent.NodeCancelled;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a super-step in which some can become needless: each has a scope of its own, so that it can be cancelled
 * without touching the others. Thread-safe.
 */
final class CancellableTasks {
    private final StepLoop loop;
    private final List<Task> tasks;
    private final RestWatch watch;
    private final BitSet needless = new BitSet();
    private final Map<Integer, RunScope> running = new HashMap<>();

    CancellableTasks(StepLoop loop, List<Task> tasks, RestWatch watch) {
        this.loop = loop;
        this.tasks = tasks;
        this.watch = watch;
    }

    TaskOutcome run(int index, State state, int step) {
        RunScope own = loop.run().forTask();
        if (!begin(index, own)) {
            return TaskOutcome.Cancelled.INSTANCE;
        }
        TaskOutcome outcome;
        Cancellation.Registration registration = own.open();
        try {
            outcome = own.tasks().run(loop.within(own), tasks.get(index), state, step);
        } finally {
            registration.close();
            end(index);
        }
        if (outcome instanceof TaskOutcome.Done) {
            finished(index).forEach(needlessNow -> needlessNow.cancellation().cancel());
        }
        boolean cancelledAlone = own.stop() != null && !loop.run().isStopped();
        return outcome instanceof TaskOutcome.Stopped && cancelledAlone ? TaskOutcome.Cancelled.INSTANCE : outcome;
    }

    /** What needless tasks asked need not be answered. */
    synchronized void dropQuestions(TaskOutcome[] outcomes, int step) {
        for (int i = needless.nextSetBit(0); i >= 0; i = needless.nextSetBit(i + 1)) {
            if (outcomes[i] instanceof TaskOutcome.Asked) {
                outcomes[i] = TaskOutcome.Cancelled.INSTANCE;
                Task task = tasks.get(i);
                if (loop.run().events().wanted()) {
                    String node = loop.nodeName(task);
                    loop.run().events().add((id, n, at) -> new NodeCancelled(id, n, at, step, node, task.number()));
                }
            }
        }
    }

    private synchronized boolean begin(int index, RunScope own) {
        if (needless.get(index)) {
            return false;
        }
        running.put(index, own);
        return true;
    }

    private synchronized void end(int index) {
        running.remove(index);
    }

    /** The scopes of the tasks that still run and no longer matter. */
    private synchronized List<RunScope> finished(int index) {
        needless.or(watch.finished(tasks.get(index)));
        List<RunScope> scopes = new ArrayList<>();
        running.forEach((other, scope) -> {
            if (needless.get(other)) {
                scopes.add(scope);
            }
        });
        return scopes;
    }
}
