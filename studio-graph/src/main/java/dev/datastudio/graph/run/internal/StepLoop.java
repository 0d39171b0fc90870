package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent.StepFinished;
import dev.datastudio.graph.event.RunEvent.StepStarted;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.FrontierState;
import dev.datastudio.graph.internal.log.SavedLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The super-steps of one graph, a run's own or one that stands in a node, one after the other on one thread. */
final class StepLoop {
    private final RunScope run;
    private final Plan<?, ?> plan;
    private final String path;
    private final String prefix;
    private final Frontier frontier;
    private final Optional<FrontierState> earlier;
    private State state;
    private int step;

    /**
     * A loop that begins.
     *
     * @param path names the loop in the run's log; empty for the graph itself
     * @param prefix stands before the names of nodes in events; empty for the graph itself
     */
    StepLoop(RunScope run, Plan<?, ?> plan, String path, String prefix, State state) {
        this(run, plan, path, prefix, state, 0, new Frontier(plan), Optional.empty());
    }

    private StepLoop(
            RunScope run,
            Plan<?, ?> plan,
            String path,
            String prefix,
            State state,
            int step,
            Frontier frontier,
            Optional<FrontierState> earlier) {
        this.run = run;
        this.plan = plan;
        this.path = path;
        this.prefix = prefix;
        this.state = state;
        this.step = step;
        this.frontier = frontier;
        this.earlier = earlier;
    }

    /**
     * A loop that goes on where an earlier run left it.
     *
     * @throws dev.datastudio.api.error.StudioException with code GRAPH_VERSION_MISMATCH if the graph has not the nodes
     */
    static StepLoop saved(RunScope run, Plan<?, ?> plan, String prefix, SavedLoop saved) {
        return new StepLoop(
                run,
                plan,
                saved.path(),
                prefix,
                saved.state(),
                saved.step(),
                Frontier.restored(plan, saved.next()),
                Optional.of(saved.next()));
    }

    /**
     * The loop of a sub-graph that one of this loop's tasks runs.
     *
     * @param own what the sub-graph has of its own
     * @param first the state it begins with, made only if it begins
     */
    StepLoop nested(RunScope own, Plan<?, ?> inner, Task task, Supplier<State> first) {
        String name = task.node().name();
        String outer = path.isEmpty() ? "" : path + "/";
        String item = task.input() == Task.NO_INPUT ? "" : "[" + task.number() + "]";
        return new StepLoop(
                own, inner, outer + name + ":" + step + ":" + task.number(), prefix + name + item + "/", first.get());
    }

    /** This loop as seen by a task that has a scope of its own. */
    StepLoop within(RunScope own) {
        return new StepLoop(own, plan, path, prefix, state, step, frontier, Optional.empty());
    }

    RunScope run() {
        return run;
    }

    Plan<?, ?> plan() {
        return plan;
    }

    String path() {
        return path;
    }

    /** How events name a node of this loop. */
    String nodeName(Task task) {
        return prefix.isEmpty() ? task.node().name() : prefix + task.node().name();
    }

    int step() {
        return step;
    }

    State state() {
        return state;
    }

    /** Takes steps until the end, a stop of the run, or interrupts; gives those, or none. */
    List<Interrupt> superSteps() {
        List<Task> tasks = earlier.map(frontier::tasks).orElseGet(() -> frontier.first(state));
        while (!tasks.isEmpty() && !run.isStopped()) {
            if (step == plan.maxSteps()) {
                throw Failures.stepLimit(plan.name(), step, namesOf(tasks));
            }
            step++;
            reportStart(tasks);
            List<Interrupt> asked = superStep(tasks);
            if (!asked.isEmpty() || run.isStopped()) {
                return asked;
            }
            reportEnd();
            tasks = frontier.after(tasks, state, step);
        }
        return List.of();
    }

    private List<Interrupt> superStep(List<Task> tasks) {
        if (tasks.size() == 1) {
            TaskOutcome outcome = run.tasks().run(this, tasks.get(0), state, step);
            if (outcome instanceof TaskOutcome.Done done) {
                if (!run.isStopped()) {
                    state = state.plus(done.update());
                }
                return List.of();
            }
            return after(tasks, List.of(outcome));
        }
        return after(tasks, new ParallelStep(this, tasks, state, step, frontier.watch(tasks)).run());
    }

    private List<Interrupt> after(List<Task> tasks, List<TaskOutcome> outcomes) {
        List<Interrupt> asked = new ArrayList<>();
        List<Update> updates = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            TaskOutcome outcome = outcomes.get(i);
            updates.add(outcome instanceof TaskOutcome.Done done ? done.update() : Update.none());
            if (outcome instanceof TaskOutcome.Asked question) {
                asked.addAll(question.interrupts());
            } else if (outcome instanceof TaskOutcome.Failed failed) {
                frontier.failed(tasks.get(i), failed.failure());
            } else if (outcome instanceof TaskOutcome.Cancelled) {
                frontier.lost(tasks.get(i));
            }
        }
        if (asked.isEmpty() && !run.isStopped()) {
            state = state.plus(tasks, updates, step);
        }
        return asked;
    }

    private void reportStart(List<Task> tasks) {
        if (run.events().wanted()) {
            int number = step;
            List<String> names = namesOf(tasks);
            run.events().add((id, n, at) -> new StepStarted(id, n, at, number, names));
        }
    }

    private void reportEnd() {
        if (run.events().wanted()) {
            int number = step;
            State after = state;
            run.events().add((id, n, at) -> new StepFinished(id, n, at, prefix, number, after));
        }
    }

    private List<String> namesOf(List<Task> tasks) {
        return tasks.stream().map(this::nodeName).toList();
    }
}
