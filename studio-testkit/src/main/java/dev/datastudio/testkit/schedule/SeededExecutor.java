package dev.datastudio.testkit.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * Does what it is handed over in an order that a seed decides, on the threads that come by: each hand-over, and each call
 * of {@link #pass()}, does some of what waits before it returns. On one thread the order is the same each time.
 *
 * <p>Call {@link #pass()} from inside the work to interleave it: other work is then begun and ended in its middle. What
 * must not wait for each other inside such work is a lock that is not reentrant, or anything that only this thread could
 * bring about. Thread-safe.
 */
public final class SeededExecutor implements Executor {
    private final SplittableRandom random;
    private final List<Runnable> waiting = new ArrayList<>();

    private SeededExecutor(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** An executor whose order a seed decides. */
    public static SeededExecutor of(long seed) {
        return new SeededExecutor(seed);
    }

    /** Lets a task wait, and does some of those that wait. */
    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(Objects.requireNonNull(task, "task"));
        }
        pass();
    }

    /** Does some of the tasks that wait, perhaps none. */
    public void pass() {
        for (Optional<Runnable> next = next(); next.isPresent(); next = next()) {
            next.get().run();
        }
    }

    /** Does all tasks that wait, and those that they hand over. */
    public void finish() {
        for (Optional<Runnable> next = taken(); next.isPresent(); next = taken()) {
            next.get().run();
        }
    }

    private Optional<Runnable> next() {
        synchronized (waiting) {
            return random.nextBoolean() ? taken() : Optional.empty();
        }
    }

    private Optional<Runnable> taken() {
        synchronized (waiting) {
            return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.remove(random.nextInt(waiting.size())));
        }
    }
}
