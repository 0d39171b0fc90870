package dev.datastudio.ml.tune;

import java.time.Duration;

/**
 * What a search may cost. Immutable.
 *
 * @param time how long models are tried, positive; the model that is kept is trained after it
 * @param maxTries how many specs are tried at most, 1 to 1,000
 */
public record Budget(Duration time, int maxTries) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public Budget {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time must be positive, was " + time);
        }
        if (maxTries < 1 || maxTries > 1_000) {
            throw new IllegalArgumentException("maxTries must be 1 to 1000, was " + maxTries);
        }
    }

    /** Some time, and at most 100 tries. */
    public static Budget of(Duration time) {
        return new Budget(time, 100);
    }
}
