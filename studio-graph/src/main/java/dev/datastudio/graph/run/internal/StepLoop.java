package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.TaskKey;
import dev.datastudio.graph.internal.log.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The super-steps of one graph, a run's own or one that stands in a node, one after the other on one thread. */
final class StepLoop {
    private static final String BEFORE = "$before";
    private static final String AFTER = "$after";

    private final RunScope run;
    private final Plan<?, ?> plan;
    private final String path;
    private final String prefix;
    private final Frontier frontier;
    private final @Nullable SavedLoop saved;
    private StepLoop whole = this;
    private State state;
    private int step;

    /**
     * A loop that begins.
     *
     * @param path names the loop in the run's log; empty for the graph itself
     * @param prefix stands before the names of nodes in events; empty for the graph itself
     */
    StepLoop(RunScope run, Plan<?, ?> plan, String path, String prefix, State state) {
        this(run, plan, path, prefix, state, 0, new Frontier(plan), null);
    }

    private StepLoop(
            RunScope run,
            Plan<?, ?> plan,
            String path,
            String prefix,
            State state,
            int step,
            Frontier frontier,
            @Nullable SavedLoop saved) {
        this.run = run;
        this.plan = plan;
        this.path = path;
        this.prefix = prefix;
        this.state = state;
        this.step = step;
        this.frontier = frontier;
        this.saved = saved;
    }

    /**
     * A loop that goes on where an earlier run left it.
     *
     * @throws StudioException with code GRAPH_VERSION_MISMATCH if the graph has not the nodes
     */
    static StepLoop saved(RunScope run, Plan<?, ?> plan, String prefix, SavedLoop saved) {
        Frontier frontier = Frontier.restored(plan, saved.next());
        return new StepLoop(run, plan, saved.path(), prefix, saved.state(), saved.step(), frontier, saved);
    }

    /**
     * The loop of a sub-graph that one of this loop's tasks runs; it goes on where an earlier run of the thread left it.
     *
     * @param own what the sub-graph has of its own
     * @param first the state it begins with, made only if it begins
     */
    StepLoop nested(RunScope own, Plan<?, ?> inner, Task task, Supplier<State> first) {
        String item = task.input() == Task.NO_INPUT ? "" : "[" + task.number() + "]";
        String innerPrefix = prefix + task.node().name() + item + "/";
        String innerPath = key(task, step).innerPath();
        RunLog log = run.log();
        Optional<SavedLoop> earlier = log == null ? Optional.empty() : log.earlier(innerPath);
        if (earlier.isEmpty()) {
            return new StepLoop(own, inner, innerPath, innerPrefix, first.get());
        }
        StepLoop again = saved(own, inner, innerPrefix, earlier.get());
        run.compensations().goesOn(again);
        return again;
    }

    /** This loop as seen by a task that has a scope of its own. */
    StepLoop within(RunScope own) {
        StepLoop same = new StepLoop(own, plan, path, prefix, state, step, frontier, saved);
        same.whole = whole;
        return same;
    }

    /** The loop that takes the steps, when this is only one task's sight of it. */
    StepLoop whole() {
        return whole;
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
        List<Task> tasks = first();
        while (!tasks.isEmpty() && !run.isStopped()) {
            if (step == plan.maxSteps()) {
                throw Failures.stepLimit(plan.name(), step, namesOf(tasks));
            }
            run.meter().step();
            step++;
            reportStart(tasks);
            List<TaskOutcome> outcomes = outcomes(tasks);
            List<Interrupt> asked = asked(outcomes);
            if (!asked.isEmpty() || run.isStopped()) {
                return asked;
            }
            List<Task> next = advance(tasks, outcomes);
            reportEnd();
            asked = run.log() == null ? List.of() : askedAfter(tasks);
            if (!asked.isEmpty()) {
                return asked;
            }
            tasks = next;
        }
        return List.of();
    }

    private List<Task> first() {
        if (saved != null) {
            return frontier.tasks(saved.next());
        }
        List<Task> tasks = frontier.first(state);
        RunLog log = run.log();
        if (log != null) {
            log.began(path, state, frontier.saved(tasks));
        }
        return tasks;
    }

    private List<TaskOutcome> outcomes(List<Task> tasks) {
        return tasks.size() == 1
                ? List.of(execute(tasks.get(0), state, step, Company.ALONE))
                : new ParallelStep(this, tasks, state, step, frontier.watch(tasks)).run();
    }

    private static List<Interrupt> asked(List<TaskOutcome> outcomes) {
        List<Interrupt> asked = List.of();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof TaskOutcome.Asked question) {
                asked = asked.isEmpty() ? new ArrayList<>() : asked;
                asked.addAll(question.interrupts());
            }
        }
        return asked;
    }

    /** Applies what the tasks and others changed, and decides what comes next. */
    private List<Task> advance(List<Task> tasks, List<TaskOutcome> outcomes) {
        if (tasks.size() == 1 && outcomes.get(0) instanceof TaskOutcome.Done done) {
            state = state.plus(done.update());
        } else {
            state = state.plus(tasks, updates(tasks, outcomes), step);
        }
        List<Update> queued = path.isEmpty() ? run.takeQueued() : List.of();
        for (int i = 0; i < queued.size(); i++) {
            state = state.plus(queued.get(i));
        }
        List<Task> next = frontier.after(tasks, state, step);
        RunLog log = run.log();
        if (log != null) {
            TaskResult alone = tasks.size() == 1 ? result(tasks.get(0), outcomes.get(0)) : null;
            log.stepDone(path, step, alone, queued, state, frontier.saved(next));
        }
        return next;
    }

    private List<Update> updates(List<Task> tasks, List<TaskOutcome> outcomes) {
        List<Update> updates = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            TaskOutcome outcome = outcomes.get(i);
            updates.add(outcome instanceof TaskOutcome.Done done ? done.update() : Update.none());
            if (outcome instanceof TaskOutcome.Failed failed) {
                frontier.failed(tasks.get(i), failed.failure());
            } else if (outcome instanceof TaskOutcome.Cancelled) {
                frontier.lost(tasks.get(i));
            }
        }
        return updates;
    }

    /** Does a task, unless an earlier run of the thread has done it or nobody has answered it. */
    TaskOutcome execute(Task task, State view, int number, Company company) {
        RunLog log = run.log();
        if (log == null) {
            return run.tasks().run(this, task, view, number);
        }
        TaskOutcome known = known(log, task, number);
        if (known != null) {
            return known;
        }
        TaskOutcome outcome = run.tasks().run(this, task, view, number);
        if (company == Company.OTHERS && isResult(outcome)) {
            return kept(log, task, number, outcome) ? outcome : TaskOutcome.Stopped.INSTANCE;
        }
        return outcome;
    }

    /** Has a task's result stored before its step is done; a run that can't do so fails. */
    private boolean kept(RunLog log, Task task, int number, TaskOutcome outcome) {
        try {
            log.taskDone(path, number, result(task, outcome));
            return true;
        } catch (StudioException e) {
            run.fail(e);
        } catch (RuntimeException | Error e) {
            run.fail(Failures.inGraph(plan.name(), number, e));
        }
        return false;
    }

    /** Has the log say that a task that can be undone was done, though the run was stopped meanwhile. */
    void keepUndoable(Task task, int number, TaskOutcome.Done done) {
        RunLog log = run.log();
        if (log != null && !log.isBroken() && whole.run.isStopped()) {
            kept(log, task, number, done);
        }
    }

    private @Nullable TaskOutcome known(RunLog log, Task task, int number) {
        if (saved != null && number == saved.step() + 1) {
            for (TaskResult result : saved.results()) {
                if (result.number() == task.number()
                        && result.node().equals(task.node().name())) {
                    return result.failure().isPresent()
                            ? new TaskOutcome.Failed(result.failure().get())
                            : new TaskOutcome.Done(result.update());
                }
            }
        }
        TaskKey key = key(task, number);
        List<Interrupt> open = log.stillOpen(key.innerPath());
        if (!open.isEmpty()) {
            return new TaskOutcome.Asked(open);
        }
        boolean stops =
                task.node().options().isInterruptedBefore() && !log.ledger().isAnswered(key.interruptId(BEFORE));
        return stops ? new TaskOutcome.Asked(List.of(around(task, number, Interrupt.Kind.BEFORE, BEFORE))) : null;
    }

    private List<Interrupt> askedAfter(List<Task> tasks) {
        List<Interrupt> asked = new ArrayList<>();
        for (Task task : tasks) {
            if (task.node().options().isInterruptedAfter()) {
                asked.add(around(task, step, Interrupt.Kind.AFTER, AFTER));
            }
        }
        return asked;
    }

    private Interrupt around(Task task, int number, Interrupt.Kind kind, String key) {
        String id = key(task, number).interruptId(key);
        return new Interrupt(id, nodeName(task), number, task.number(), kind, "", Optional.empty(), "");
    }

    private TaskKey key(Task task, int number) {
        return new TaskKey(path, number, task.node().name(), task.number());
    }

    private static boolean isResult(TaskOutcome outcome) {
        return outcome instanceof TaskOutcome.Done || outcome instanceof TaskOutcome.Failed;
    }

    private static TaskResult result(Task task, TaskOutcome outcome) {
        Update update = outcome instanceof TaskOutcome.Done done ? done.update() : Update.none();
        Optional<NodeFailure> failure =
                outcome instanceof TaskOutcome.Failed failed ? Optional.of(failed.failure()) : Optional.empty();
        return new TaskResult(task.node().name(), task.number(), update, failure);
    }

    /** Whether a task has its super-step for itself. */
    enum Company {
        ALONE,
        OTHERS
    }

    private void reportStart(List<Task> tasks) {
        if (run.events().wanted()) {
            run.events().stepStarted(step, namesOf(tasks));
        }
    }

    private void reportEnd() {
        if (run.events().wanted()) {
            run.events().stepFinished(prefix, step, state);
        }
    }

    private List<String> namesOf(List<Task> tasks) {
        return tasks.size() == 1
                ? List.of(nodeName(tasks.get(0)))
                : tasks.stream().map(this::nodeName).toList();
    }
}
