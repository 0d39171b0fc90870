package dev.datastudio.api.cache;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a {@link ResultCache} keeps. Immutable.
 *
 * @param maxBytes values in all, at least 1
 * @param maxEntries how many values, at least 1
 * @param maxValueBytes the largest value; larger ones are not kept; 1 to maxBytes
 * @param maxAge how long after it was put a value is given back, more than zero
 */
public record CacheLimits(long maxBytes, long maxEntries, int maxValueBytes, Duration maxAge) {
    /** 256 MiB, 100,000 values, 8 MiB a value, 90 days. */
    public static final CacheLimits DEFAULT =
            new CacheLimits(256L * 1024 * 1024, 100_000, 8 * 1024 * 1024, Duration.ofDays(90));

    public CacheLimits {
        Objects.requireNonNull(maxAge, "maxAge");
        if (maxBytes < 1 || maxEntries < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxBytes, maxEntries and maxAge must be more than 0, were " + maxBytes
                    + ", " + maxEntries + ", " + maxAge);
        }
        if (maxValueBytes < 1 || maxValueBytes > maxBytes) {
            throw new IllegalArgumentException("maxValueBytes must be in 1.." + maxBytes + ", was " + maxValueBytes);
        }
    }
}
