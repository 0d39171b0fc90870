package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tasks of one super-step, taken one by one by the driver and by helping threads. A helper that comes late finds
 * nothing left and goes; a driver that gets no helper does everything itself.
 */
final class ParallelStep {
    private final StepLoop loop;
    private final Workers workers;
    private final List<Task> tasks;
    private final State state;
    private final int step;
    private final Optional<CancellableTasks> cancellable;
    private final TaskOutcome[] outcomes;
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch left;

    /** @param watch finds tasks that become needless, if some can */
    ParallelStep(StepLoop loop, List<Task> tasks, State state, int step, Optional<RestWatch> watch) {
        this.loop = loop;
        this.workers = loop.run().engine().workers();
        this.tasks = tasks;
        this.state = state;
        this.step = step;
        this.cancellable = watch.map(found -> new CancellableTasks(loop, tasks, found));
        this.outcomes = new TaskOutcome[tasks.size()];
        this.left = new CountDownLatch(tasks.size());
        Arrays.fill(outcomes, TaskOutcome.Stopped.INSTANCE);
    }

    /** Does all tasks and gives what they came to, in task order. */
    List<TaskOutcome> run() {
        int wanted = tasks.size() - 1;
        while (wanted > 0 && workers.offer(this::work)) {
            wanted--;
        }
        work();
        awaitHelpers();
        cancellable.ifPresent(rest -> rest.dropQuestions(outcomes, step));
        return Arrays.asList(outcomes);
    }

    private void work() {
        for (int i = taken.getAndIncrement(); i < outcomes.length; i = taken.getAndIncrement()) {
            try {
                outcomes[i] = cancellable.isEmpty()
                        ? loop.run().tasks().run(loop, tasks.get(i), state, step)
                        : cancellable.get().run(i, state, step);
            } finally {
                left.countDown();
            }
        }
    }

    /** An interrupt of the driving thread cancels the run, or the sub-graph, that it drives. */
    private void awaitHelpers() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                loop.run().cancellation().cancel();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
