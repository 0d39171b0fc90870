package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.event.RunEvent.NodeCompensated;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.SavedLoop.Compensable;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.TaskKey;
import dev.datastudio.graph.internal.log.TaskResult;
import dev.datastudio.graph.policy.Compensation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The finished tasks of a run that can be undone. They are undone by super-step, the one in which a task finished last
 * first, whichever loop it belongs to; within a step in reverse task order.
 *
 * <p>With a thread each is undone as an effect of its own, so that a crash in the middle neither repeats one nor forgets
 * one; the thread can then no longer go on. Thread-safe.
 */
final class Compensations {
    /** Begins the keys of the effects that undo tasks; no node may use it. */
    static final String KEY_PREFIX = "$undo/";

    private final Map<Step, List<Finished>> steps = new LinkedHashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, StepLoop> live = new HashMap<>();

    /** Whether some task of a thread was undone, or may have been. */
    static boolean isUndone(SavedThread thread) {
        return thread.effects().keySet().stream().anyMatch(key -> key.startsWith(KEY_PREFIX));
    }

    /** A task finished; told in the order in which tasks did. */
    synchronized void add(StepLoop loop, int step, Task task, Update update) {
        Optional<Compensation> compensation = task.node().options().compensation();
        if (compensation.isEmpty()) {
            return;
        }
        StepLoop whole = loop.whole();
        String name = new TaskKey(loop.path(), step, task.node().name(), task.number()).innerPath();
        add(
                new Step(whole, step),
                new Finished(
                        key(name),
                        loop.nodeName(task),
                        loop.plan().name(),
                        step,
                        task.node().number(),
                        task.number(),
                        whole::state,
                        update,
                        compensation.get()));
    }

    /** A loop of an earlier part of the run goes on, so that its tasks are undone with its state. */
    synchronized void goesOn(StepLoop loop) {
        live.put(loop.path(), loop);
    }

    /** The tasks that earlier parts of the run finished. */
    synchronized void restore(RunLog log, SavedThread thread) {
        List<SavedLoop> loops = thread.loops().values().stream()
                .sorted(Comparator.<SavedLoop>comparingInt(loop -> depth(loop.path()))
                        .thenComparing(SavedLoop::path))
                .toList();
        for (SavedLoop loop : loops) {
            for (Compensable done : loop.compensable()) {
                restore(log, thread, done.path(), done.step(), done.result());
            }
            for (TaskResult result : loop.results()) {
                if (result.failure().isEmpty()) {
                    restore(log, thread, loop.path(), loop.step() + 1, result);
                }
            }
        }
    }

    private static int depth(String path) {
        return path.isEmpty() ? 0 : path.split("/", -1).length;
    }

    private void restore(RunLog log, SavedThread thread, String path, int step, TaskResult result) {
        Plan<?, ?> plan = log.plan(path);
        PlanNode node = plan.node(plan.target(result.node()).orElseThrow());
        Optional<Compensation> compensation = node.options().compensation();
        if (compensation.isEmpty()) {
            return;
        }
        String name = new TaskKey(path, step, result.node(), result.number()).innerPath();
        Update update = result.update();
        add(
                new Step(path, step),
                new Finished(
                        key(name),
                        TaskPath.eventPrefix(path) + result.node(),
                        plan.name(),
                        step,
                        node.number(),
                        result.number(),
                        () -> view(path, plan, thread.loops().get(path), update),
                        update,
                        compensation.get()));
    }

    /** The state of a loop that goes on or that did; of one that had ended, only what the task itself wrote is left. */
    private synchronized View view(String path, Plan<?, ?> plan, @Nullable SavedLoop saved, Update update) {
        StepLoop loop = live.get(path);
        if (loop != null) {
            return loop.state();
        }
        State empty = plan.restored(new @Nullable Object[plan.channels().size()]);
        return saved == null ? empty.plus(update) : saved.state();
    }

    /** A sub-graph that was tried again has tasks of the same name as those of its first try. */
    private String key(String name) {
        int count = names.merge(name, 1, Integer::sum);
        return KEY_PREFIX + name + (count == 1 ? "" : "#" + count);
    }

    private void add(Step step, Finished finished) {
        List<Finished> tasks = Optional.ofNullable(steps.remove(step)).orElseGet(ArrayList::new);
        tasks.add(finished);
        steps.put(step, tasks);
    }

    /**
     * Undoes all on this thread, with its interrupt flag down; failures are added to the run's error. When the log of the
     * run's thread can't say what was undone, nothing more is.
     */
    void undo(RunScope run, StudioException error) {
        List<Finished> all = taken();
        RunLog log = run.log();
        if (log != null && !all.isEmpty()) {
            log.undoing();
        }
        boolean interrupted = Thread.interrupted();
        for (Finished one : all) {
            Undone undone = undone(run, one);
            interrupted |= Thread.interrupted();
            undone.failure.ifPresent(error::addSuppressed);
            if (log != null && log.isBroken()) {
                break;
            }
            report(run, one, undone);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(RunScope run, Finished one, Undone undone) {
        if (undone.isNow && run.events().wanted()) {
            run.events()
                    .add((id, n, at) -> new NodeCompensated(id, n, at, one.step, one.node, one.task, undone.failure));
        }
    }

    private synchronized List<Finished> taken() {
        List<Finished> all = new ArrayList<>();
        steps.values().forEach(tasks -> {
            tasks.sort(Comparator.<Finished>comparingInt(one -> one.nodeNumber).thenComparingInt(one -> one.task));
            all.addAll(tasks);
        });
        steps.clear();
        Collections.reverse(all);
        return all;
    }

    /** Whatever it throws is kept, an Error too, so that the other compensations still run. */
    private static Undone undone(RunScope run, Finished one) {
        RunLog log = run.log();
        try {
            if (log == null) {
                one.compensation.undo(one.view.get(), one.update);
                return new Undone(true, Optional.empty());
            }
            boolean now = log.ledger().undo(one.key, () -> one.compensation.undo(one.view.get(), one.update));
            return new Undone(now, Optional.empty());
        } catch (Throwable e) {
            if (log != null && log.isBroken() && e instanceof StudioException broken) {
                return new Undone(true, Optional.of(broken));
            }
            return new Undone(true, Optional.of(Failures.inCompensation(one.node, one.graph, one.step, e)));
        }
    }

    /** @param loop the loop, or the path of one that an earlier part of the run left */
    private record Step(Object loop, int step) {}

    /** @param isNow whether it was undone by this call, not by an earlier part of the run */
    private record Undone(boolean isNow, Optional<StudioException> failure) {}

    private record Finished(
            String key,
            String node,
            String graph,
            int step,
            int nodeNumber,
            int task,
            Supplier<View> view,
            Update update,
            Compensation compensation) {}
}
