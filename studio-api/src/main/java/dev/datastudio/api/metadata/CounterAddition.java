package dev.datastudio.api.metadata;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What is added to a counter. A counter begins at 0 in each window, never falls below 0, and is forgotten a day or more
 * after its window has passed. Immutable.
 *
 * @param counter its name, 1 to 200 printable ASCII characters, such as {@code questions/ann}
 * @param window the beginning of the time that it counts for, to the millisecond
 * @param length how long that is, more than 0 and at most 10,000 days
 * @param amount what is added; negative to give back, which is always done
 * @param limit what the sum may not pass, at least 0; {@link Long#MAX_VALUE} for no limit
 */
public record CounterAddition(String counter, Instant window, Duration length, long amount, long limit) {
    private static final Duration MAX_LENGTH = Duration.ofDays(10_000);

    /** @throws IllegalArgumentException if a part breaks its rule */
    public CounterAddition {
        EntryRules.requireCounter(counter);
        Objects.requireNonNull(window, "window");
        if (length.isNegative() || length.isZero() || length.compareTo(MAX_LENGTH) > 0) {
            throw new IllegalArgumentException("length must be more than 0 and at most 10,000 days, was " + length);
        }
        if (limit < 0) {
            throw new IllegalArgumentException("limit must be at least 0, was " + limit);
        }
    }
}
