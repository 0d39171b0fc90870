package dev.datastudio.api.query;

import java.time.Duration;

/**
 * What one query may use. Immutable.
 *
 * @param maxRows rows returned at most, at least 0; {@link #NO_ROW_LIMIT} for all. Rows beyond it are counted, not kept
 * @param timeout how long it may run, positive
 */
public record QueryLimits(long maxRows, Duration timeout) {
    /** Returns every row. */
    public static final long NO_ROW_LIMIT = Long.MAX_VALUE;

    /** 1,000 rows, 60 seconds. */
    public static final QueryLimits DEFAULT = new QueryLimits(1_000, Duration.ofSeconds(60));

    /** @throws IllegalArgumentException if a value is outside its range */
    public QueryLimits {
        if (maxRows < 0) {
            throw new IllegalArgumentException("maxRows must be at least 0, was " + maxRows);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
    }

    /** These limits with another number of rows. */
    public QueryLimits withMaxRows(long maxRows) {
        return new QueryLimits(maxRows, timeout);
    }
}
