package dev.datastudio.api.job;

import java.time.Duration;

/**
 * How often a job that failed is tried again, and when. Only failures that can pass count
 * ({@link dev.datastudio.api.error.ErrorType#isRetryable()}); a wrong input fails at once. Losing the worker's process is
 * no failure: the job goes on elsewhere whatever its policy. Immutable.
 *
 * @param maxAttempts how often it may fail before it is given up, 1 to 100
 * @param firstDelay the pause before the second try, 0 to 1 day
 * @param factor what each further pause is multiplied by, 1 to 10
 * @param maxDelay what no pause exceeds, 0 to 7 days
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, double factor, Duration maxDelay) {
    /** One try. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);

    /** Three tries, pauses of 2 and 8 seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(2), 4, Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if a value is out of its range */
    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("maxAttempts must be in 1..100, was " + maxAttempts);
        }
        requireUpTo("firstDelay", firstDelay, Duration.ofDays(1));
        requireUpTo("maxDelay", maxDelay, Duration.ofDays(7));
        if (!(factor >= 1 && factor <= 10)) {
            throw new IllegalArgumentException("factor must be in 1..10, was " + factor);
        }
    }

    private static void requireUpTo(String name, Duration value, Duration limit) {
        if (value.isNegative() || value.compareTo(limit) > 0) {
            throw new IllegalArgumentException(name + " must be in 0.." + limit + ", was " + value);
        }
    }

    /**
     * The pause after a number of failures.
     *
     * @param failures at least 1
     */
    public Duration delayAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures must be at least 1, was " + failures);
        }
        double millis = (double) firstDelay.toMillis() * Math.pow(factor, failures - 1.0);
        return Duration.ofMillis((long) Math.min(millis, (double) maxDelay.toMillis()));
    }
}
