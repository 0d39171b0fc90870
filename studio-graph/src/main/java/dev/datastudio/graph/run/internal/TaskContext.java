package dev.datastudio.graph.run.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.internal.Task;

/** What a node sees of its run. Immutable. */
final class TaskContext implements NodeContext {
    private final RunDriver<?> driver;
    private final Task task;
    private final int step;

    TaskContext(RunDriver<?> driver, Task task, int step) {
        this.driver = driver;
        this.task = task;
        this.step = step;
    }

    @Override
    public RunId run() {
        return driver.id();
    }

    @Override
    public Caller caller() {
        return driver.caller();
    }

    @Override
    public String node() {
        return task.node().name();
    }

    @Override
    public int superStep() {
        return step;
    }

    @Override
    public int task() {
        return task.number();
    }

    @Override
    public Cancellation cancellation() {
        return driver.cancellation();
    }

    @Override
    public <T> T input(Class<T> type) {
        Object input = task.input();
        if (input == Task.NO_INPUT) {
            throw new IllegalStateException("node '" + node()
                    + "' was not reached by a fan-out, so it has no input; read its channels instead");
        }
        if (!type.isInstance(input)) {
            throw new IllegalStateException(
                    "input of node '" + node() + "' is a " + input.getClass().getName() + ", not a " + type.getName());
        }
        return type.cast(input);
    }
}
