package dev.datastudio.agents.web;

import java.time.Duration;

/**
 * What reading one page may cost. Immutable.
 *
 * @param maxBytes a larger page is refused, 1 to 64 Mi
 * @param maxTime a slower one is given up, from the first request to the last byte
 * @param maxCharacters longer texts are cut, at least 100
 * @param maxLinks more links are left out, at least 0
 */
public record PageLimits(int maxBytes, Duration maxTime, int maxCharacters, int maxLinks) {
    /** 4 MiB within 20 seconds; 15,000 characters, about 4,000 tokens of English, and 20 links. */
    public static final PageLimits DEFAULT = new PageLimits(4 << 20, Duration.ofSeconds(20), 15_000, 20);

    /** @throws IllegalArgumentException if a limit is out of range */
    public PageLimits {
        if (maxBytes < 1 || maxBytes > 64 << 20) {
            throw new IllegalArgumentException("maxBytes must be in 1..67108864, was " + maxBytes);
        }
        if (maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("maxTime must be positive, was " + maxTime);
        }
        if (maxCharacters < 100) {
            throw new IllegalArgumentException("maxCharacters must be at least 100, was " + maxCharacters);
        }
        if (maxLinks < 0) {
            throw new IllegalArgumentException("maxLinks must not be below 0, was " + maxLinks);
        }
    }
}
