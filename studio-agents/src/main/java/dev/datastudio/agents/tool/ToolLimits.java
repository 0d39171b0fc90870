package dev.datastudio.agents.tool;

import java.time.Duration;

/**
 * How far one call of a tool may go. Immutable.
 *
 * @param timeout how long it may take, more than 0
 * @param maxResultCharacters how much of its text is kept, 200 to 10,000,000
 */
public record ToolLimits(Duration timeout, int maxResultCharacters) {
    /** Two minutes, and 24,000 characters: about 6,000 tokens of English. */
    public static final ToolLimits DEFAULT = new ToolLimits(Duration.ofMinutes(2), 24_000);

    /** @throws IllegalArgumentException if a limit is out of range */
    public ToolLimits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be more than 0, was " + timeout);
        }
        if (maxResultCharacters < 200 || maxResultCharacters > 10_000_000) {
            throw new IllegalArgumentException(
                    "maxResultCharacters must be in 200..10000000, was " + maxResultCharacters);
        }
    }

    /** With another time. */
    public ToolLimits withTimeout(Duration value) {
        return new ToolLimits(value, maxResultCharacters);
    }

    /** With another length of the text. */
    public ToolLimits withMaxResultCharacters(int value) {
        return new ToolLimits(timeout, value);
    }
}
