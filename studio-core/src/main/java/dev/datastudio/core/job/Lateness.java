package dev.datastudio.core.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells a look at other processes that comes too late to prove anything. When a whole machine stands still, as one that
 * sleeps does, nobody on it is heard of for that long; whoever looks first afterwards must give the others time to be
 * heard again. Thread-safe.
 */
final class Lateness {
    private final InstantSource clock;
    private final Duration limit;
    private @Nullable Instant last;
    private boolean wasLate;

    /**
     * @param clock that of the machine, which goes on while the machine sleeps
     * @param limit how long may lie between two looks
     */
    Lateness(InstantSource clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Whether the look that begins now is late; never two in a row, so that a slow machine sees what is lost too. */
    synchronized boolean isLate() {
        Instant now = clock.instant();
        Instant before = last;
        last = now;
        wasLate = !wasLate
                && before != null
                && Duration.between(before, now).abs().compareTo(limit) > 0;
        return wasLate;
    }
}
