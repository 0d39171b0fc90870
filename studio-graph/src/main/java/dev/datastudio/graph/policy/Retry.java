package dev.datastudio.graph.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * When and how often a failed node is tried again. Immutable.
 *
 * <p>The wait before try n+1 is {@code delay * factor^(n-1)}, at most {@code maxDelay}, of which a random part of up to
 * {@code jitter} is taken off. Cancellation, interrupts and refused types are never tried again.
 *
 * @param attempts how often the node is tried at most, the first time included; at least 1
 * @param delay before the second try; not negative
 * @param factor at least 1
 * @param maxDelay not below {@code delay}
 * @param jitter 0 to 1
 * @param test which failures are tried again; called on the thread of the node
 */
public record Retry(
        int attempts, Duration delay, double factor, Duration maxDelay, double jitter, Predicate<Throwable> test) {
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException if a value is out of its range */
    public Retry {
        Objects.requireNonNull(test, "test");
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
        }
        if (delay.isNegative() || maxDelay.compareTo(delay) < 0) {
            throw new IllegalArgumentException(
                    "delay must not be negative or above maxDelay, was " + delay + " with maxDelay " + maxDelay);
        }
        if (!(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "factor must be at least 1 and jitter in 0..1, were " + factor + " and " + jitter);
        }
    }

    /** Waits 200 ms, 400 ms, 800 ms and so on, at most 30 s, up to half of it taken off by chance; after any failure. */
    public static Retry exponential(int attempts) {
        return new Retry(attempts, FIRST_DELAY, 2, LONGEST_DELAY, 0.5, failure -> true);
    }

    /** Waits the same time before each try; after any failure. */
    public static Retry fixed(int attempts, Duration delay) {
        return new Retry(attempts, delay, 1, delay, 0, failure -> true);
    }

    /** As this, but only after failures that pass a test. */
    public Retry when(Predicate<Throwable> failures) {
        return new Retry(attempts, delay, factor, maxDelay, jitter, failures);
    }
}
