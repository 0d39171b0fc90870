package dev.datastudio.graph.run;

import java.time.Duration;

/**
 * What a run may use, over all its resumptions; it ends with BUDGET_EXCEEDED when that is not enough. Immutable.
 *
 * @param maxSteps super-steps, those of sub-graphs included; at least 1
 * @param maxTime time in which the run is driven, waiting for answers not counted; positive
 * @param maxTokens reported by {@link dev.datastudio.graph.NodeContext#spend}; at least 0
 * @param maxCost reported in the same way, in a currency of your own; at least 0
 */
public record Budget(long maxSteps, Duration maxTime, long maxTokens, double maxCost) {
    /** No limit but the graph's own. */
    public static final Budget UNLIMITED =
            new Budget(Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE, Double.MAX_VALUE);

    /** @throws IllegalArgumentException if a value is out of its range */
    public Budget {
        if (maxSteps < 1 || maxTime.isNegative() || maxTime.isZero() || maxTokens < 0 || !(maxCost >= 0)) {
            throw new IllegalArgumentException("maxSteps must be at least 1, maxTime positive, maxTokens and maxCost at"
                    + " least 0; were " + maxSteps + ", " + maxTime + ", " + maxTokens + ", " + maxCost);
        }
    }

    /** As this, with another limit of super-steps. */
    public Budget maxSteps(long steps) {
        return new Budget(steps, maxTime, maxTokens, maxCost);
    }

    /** As this, with another limit of time. */
    public Budget maxTime(Duration time) {
        return new Budget(maxSteps, time, maxTokens, maxCost);
    }

    /** As this, with another limit of tokens. */
    public Budget maxTokens(long tokens) {
        return new Budget(maxSteps, maxTime, tokens, maxCost);
    }

    /** As this, with another limit of cost. */
    public Budget maxCost(double cost) {
        return new Budget(maxSteps, maxTime, maxTokens, cost);
    }
}
