package dev.datastudio.graph.event;

import java.util.Set;

/**
 * Which events a stream gives, and how many may wait in it. Immutable.
 *
 * @param from sequence number of the first event wanted; {@link #FROM_BEGINNING}, and any number that an earlier run of
 *     the thread gave, for the first of this run
 * @param modes an event passes if one of them lets it through; at least one
 * @param buffer how many events may wait for the subscriber beside those that the run keeps, in 1..{@link #MAX_BUFFER}
 */
public record StreamOptions(long from, Set<EventMode> modes, int buffer) {
    /** Begins with the run's first event, whatever number earlier runs of its thread left it. */
    public static final long FROM_BEGINNING = 0;

    /** How many events may wait when nothing else was said. */
    public static final int DEFAULT_BUFFER = 256;

    /** How many events may wait at most. */
    public static final int MAX_BUFFER = 1 << 20;

    private static final StreamOptions ALL = new StreamOptions(FROM_BEGINNING, Set.of(EventMode.DEBUG), DEFAULT_BUFFER);

    /** @throws IllegalArgumentException if a part is out of its range */
    public StreamOptions {
        modes = Set.copyOf(modes);
        if (from < 0) {
            throw new IllegalArgumentException("from must be at least 0, was " + from);
        }
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("modes must have at least one mode; use DEBUG for all events");
        }
        if (buffer < 1 || buffer > MAX_BUFFER) {
            throw new IllegalArgumentException("buffer must be in 1.." + MAX_BUFFER + ", was " + buffer);
        }
    }

    /** All events of the run from its beginning, with the default buffer. */
    public static StreamOptions all() {
        return ALL;
    }

    /** As {@link #all()}, but only what these modes let through. */
    public static StreamOptions of(EventMode... modes) {
        return new StreamOptions(FROM_BEGINNING, Set.of(modes), DEFAULT_BUFFER);
    }

    /** These options, beginning at a sequence number; to go on after the event numbered n, give n + 1. */
    public StreamOptions from(long sequence) {
        return new StreamOptions(sequence, modes, buffer);
    }

    /** These options with a buffer of another size. */
    public StreamOptions buffer(int events) {
        return new StreamOptions(from, modes, events);
    }

    /** Whether one of the modes lets the event through. */
    public boolean lets(RunEvent event) {
        for (EventMode mode : modes) {
            if (mode.lets(event)) {
                return true;
            }
        }
        return false;
    }
}
