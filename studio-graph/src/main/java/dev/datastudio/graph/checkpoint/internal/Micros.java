package dev.datastudio.graph.checkpoint.internal;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Times as microseconds since 1970; one too far away for that becomes the last or first that is not. */
public final class Micros {
    private static final long PER_SECOND = TimeUnit.SECONDS.toMicros(1);
    private static final long MAX_SECOND = Long.MAX_VALUE / PER_SECOND - 1;

    private Micros() {}

    /** The microsecond that a time is in. */
    public static long of(Instant time) {
        long second = time.getEpochSecond();
        if (second > MAX_SECOND) {
            return Long.MAX_VALUE;
        }
        if (second < -MAX_SECOND) {
            return Long.MIN_VALUE;
        }
        return second * PER_SECOND + time.getNano() / 1_000;
    }

    /** The time at which a microsecond begins. */
    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
    }
}
