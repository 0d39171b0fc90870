package dev.datastudio.agents.agent;

/**
 * How far one run of an agent may go. Immutable.
 *
 * @param maxSteps how often a model is asked at most, 1 to 50; the last time it is given no tools, so that it answers
 *     from what was found
 * @param maxTokens how many tokens it reads and writes in all, 1,000 to 10,000,000; the answer that passes it still
 *     counts
 */
public record AgentLimits(int maxSteps, long maxTokens) {
    /** 10 steps, and 200,000 tokens. */
    public static final AgentLimits DEFAULT = new AgentLimits(10, 200_000);

    private static final int MOST_STEPS = 50;
    private static final long LEAST_TOKENS = 1_000;
    private static final long MOST_TOKENS = 10_000_000;

    /** @throws IllegalArgumentException if a limit is out of range */
    public AgentLimits {
        if (maxSteps < 1 || maxSteps > MOST_STEPS) {
            throw new IllegalArgumentException("maxSteps must be in 1.." + MOST_STEPS + ", was " + maxSteps);
        }
        if (maxTokens < LEAST_TOKENS || maxTokens > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "maxTokens must be in " + LEAST_TOKENS + ".." + MOST_TOKENS + ", was " + maxTokens);
        }
    }

    /** With another number of steps. */
    public AgentLimits withMaxSteps(int value) {
        return new AgentLimits(value, maxTokens);
    }

    /** With another number of tokens. */
    public AgentLimits withMaxTokens(long value) {
        return new AgentLimits(maxSteps, value);
    }
}
