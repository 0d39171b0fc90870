package dev.datastudio.testkit.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only when it is told to. Thread-safe. */
public final class SettableClock implements InstantSource {
    private volatile Instant now;

    /** A clock that stands at this time. */
    public SettableClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the time on. */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }
}
