package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tasks of one super-step, taken one by one by the driver and by helping threads. A helper that comes late finds
 * nothing left and goes; a driver that gets no helper does everything itself.
 */
final class ParallelStep {
    private final RunDriver<?> driver;
    private final Workers workers;
    private final List<Task> tasks;
    private final State state;
    private final int step;
    private final Update[] updates;
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch left;

    ParallelStep(RunDriver<?> driver, Workers workers, List<Task> tasks, State state, int step) {
        this.driver = driver;
        this.workers = workers;
        this.tasks = tasks;
        this.state = state;
        this.step = step;
        this.updates = new Update[tasks.size()];
        this.left = new CountDownLatch(tasks.size());
        Arrays.fill(updates, Update.none());
    }

    /**
     * Does all tasks and gives their updates in task order; those of tasks that did not finish are empty.
     *
     * @param onInterrupt called when the driving thread is interrupted while it waits for helpers
     */
    List<Update> run(Runnable onInterrupt) {
        int wanted = tasks.size() - 1;
        while (wanted > 0 && workers.offer(this::work)) {
            wanted--;
        }
        work();
        awaitHelpers(onInterrupt);
        return Arrays.asList(updates);
    }

    private void work() {
        for (int i = taken.getAndIncrement(); i < updates.length; i = taken.getAndIncrement()) {
            try {
                updates[i] = driver.execute(tasks.get(i), state, step);
            } finally {
                left.countDown();
            }
        }
    }

    private void awaitHelpers(Runnable onInterrupt) {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                onInterrupt.run();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
