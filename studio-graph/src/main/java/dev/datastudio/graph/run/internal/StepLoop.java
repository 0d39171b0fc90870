package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent.StepFinished;
import dev.datastudio.graph.event.RunEvent.StepStarted;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import java.util.ArrayList;
import java.util.List;

/** The super-steps of one graph, a run's own or one that stands in a node, one after the other on one thread. */
final class StepLoop {
    private final RunScope run;
    private final Plan<?, ?> plan;
    private final String path;
    private final String prefix;
    private final Frontier frontier;
    private State state;
    private int step;

    /**
     * @param path names the loop in the run's log; empty for the graph itself
     * @param prefix stands before the names of nodes in events; empty for the graph itself
     */
    StepLoop(RunScope run, Plan<?, ?> plan, String path, String prefix, State state) {
        this.run = run;
        this.plan = plan;
        this.path = path;
        this.prefix = prefix;
        this.state = state;
        this.frontier = new Frontier(plan);
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
        List<Task> tasks = frontier.first(state);
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
        return after(tasks, new ParallelStep(this, tasks, state, step).run());
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
