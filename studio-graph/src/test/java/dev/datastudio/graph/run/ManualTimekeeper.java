package dev.datastudio.graph.run;

import dev.datastudio.api.progress.Cancellation.Registration;
import dev.datastudio.graph.run.internal.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A time that goes on only when it is told to. Thread-safe. */
final class ManualTimekeeper implements Timekeeper {
    private final List<Planned> planned = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Registration after(Duration delay, Runnable action) {
        Planned one = new Planned(now + delay.toNanos(), action);
        planned.add(one);
        asked.add(delay);
        notifyAll();
        return () -> forget(one);
    }

    private synchronized void forget(Planned one) {
        planned.remove(one);
    }

    /** Every delay that was asked for, in order. */
    synchronized List<Duration> asked() {
        return List.copyOf(asked);
    }

    synchronized int pending() {
        return planned.size();
    }

    /** Waits until so many actions have been planned since the beginning. */
    synchronized void awaitAsked(int count) throws InterruptedException {
        while (asked.size() < count) {
            wait();
        }
    }

    /** Moves the time on and runs what is due, on this thread. */
    void advance(Duration step) {
        for (Planned one : due(step)) {
            one.action.run();
        }
    }

    private synchronized List<Planned> due(Duration step) {
        now += step.toNanos();
        List<Planned> due = planned.stream()
                .filter(one -> one.at <= now)
                .sorted(Comparator.comparingLong(Planned::at))
                .toList();
        planned.removeAll(due);
        return due;
    }

    @Override
    public void close() {}

    private record Planned(long at, Runnable action) {}
}
