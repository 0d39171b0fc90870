package dev.datastudio.graph.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Checks what an event is made of. */
final class EventParts {
    private EventParts() {}

    static void require(RunId run, long sequence, Instant at) {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(at, "at");
        requireAtLeast("sequence", sequence, 1);
    }

    static void requireTask(RunId run, long sequence, Instant at, int step, String node, int task) {
        require(run, sequence, at);
        Objects.requireNonNull(node, "node");
        requireAtLeast("step", step, 1);
        requireAtLeast("task", task, 0);
    }

    static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
    }

    static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }
}
