package dev.datastudio.core.metadata;

import java.time.Instant;

/** Times as whole milliseconds, also those that are too far away for them. */
final class Millis {
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Millis() {}

    /** The first whole millisecond at a time or after it. */
    static long ceiling(Instant time) {
        if (time.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (!time.isBefore(LAST)) {
            return Long.MAX_VALUE;
        }
        long floor = time.toEpochMilli();
        return Instant.ofEpochMilli(floor).isBefore(time) ? floor + 1 : floor;
    }
}
