package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent.NodeCompensated;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.policy.Compensation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The finished tasks of a run that can be undone. They are undone by super-step, the one in which a task finished last
 * first, whichever loop it belongs to; within a step in reverse task order. Thread-safe.
 */
final class Compensations {
    private final Map<Step, List<Finished>> steps = new LinkedHashMap<>();

    /** A task finished; told in the order in which tasks did, also for those of an earlier part of the run. */
    synchronized void add(StepLoop loop, int step, Task task, Update update) {
        Optional<Compensation> compensation = task.node().options().compensation();
        if (compensation.isEmpty()) {
            return;
        }
        Step key = new Step(loop.whole(), step);
        List<Finished> tasks = Optional.ofNullable(steps.remove(key)).orElseGet(ArrayList::new);
        tasks.add(new Finished(key.loop, step, task, update, compensation.get()));
        steps.put(key, tasks);
    }

    /** Undoes all on this thread, with its interrupt flag down; failures are added to the run's error. */
    void undo(RunScope run, StudioException error) {
        boolean interrupted = Thread.interrupted();
        for (Finished one : taken()) {
            Optional<StudioException> failure = undone(one);
            interrupted |= Thread.interrupted();
            failure.ifPresent(error::addSuppressed);
            if (run.events().wanted()) {
                String node = one.loop.nodeName(one.task);
                run.events()
                        .add((id, n, at) -> new NodeCompensated(id, n, at, one.step, node, one.task.number(), failure));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Finished> taken() {
        List<Finished> all = new ArrayList<>();
        steps.values().forEach(tasks -> {
            tasks.sort(Comparator.<Finished>comparingInt(one -> one.task.node().number())
                    .thenComparingInt(one -> one.task.number()));
            all.addAll(tasks);
        });
        steps.clear();
        Collections.reverse(all);
        return all;
    }

    /** Whatever it throws is kept, an Error too, so that the other compensations still run. */
    private static Optional<StudioException> undone(Finished one) {
        try {
            one.compensation.undo(one.loop.state(), one.update);
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(Failures.inCompensation(
                    one.loop.nodeName(one.task), one.loop.plan().name(), one.step, e));
        }
    }

    private record Step(StepLoop loop, int step) {}

    private record Finished(StepLoop loop, int step, Task task, Update update, Compensation compensation) {}
}
