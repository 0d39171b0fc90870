package dev.datastudio.agents.graph;

import java.time.Duration;
import java.util.Objects;

/**
 * How far the runs of graphs may go. Immutable.
 *
 * @param concurrentRuns how many runs of one organisation may go on at once in this process, at least 1; those that wait
 *     for a person do not count
 * @param maxSteps after how many super-steps, those of sub-graphs included, a run is ended as endless, at least 1
 * @param maxTime after how long a run is ended, not counting the time it waits for a person; positive
 * @param maxTokens how many tokens of language models a run may use, at least 0
 * @param keptRuns how many runs are kept of each graph and user, at least 1
 * @param keptFor how long runs are kept; positive
 */
public record GraphRunLimits(
        int concurrentRuns, long maxSteps, Duration maxTime, long maxTokens, int keptRuns, Duration keptFor) {
    /** 20 runs at once, 1,000 steps, an hour, 2,000,000 tokens; 50 runs are kept for 30 days. */
    public static final GraphRunLimits DEFAULT =
            new GraphRunLimits(20, 1_000, Duration.ofHours(1), 2_000_000, 50, Duration.ofDays(30));

    /** @throws IllegalArgumentException if a limit is out of range */
    public GraphRunLimits {
        Objects.requireNonNull(maxTime, "maxTime");
        Objects.requireNonNull(keptFor, "keptFor");
        if (concurrentRuns < 1 || maxSteps < 1 || maxTokens < 0 || keptRuns < 1) {
            throw new IllegalArgumentException("concurrentRuns, maxSteps and keptRuns must be at least 1, maxTokens at"
                    + " least 0; were " + concurrentRuns + ", " + maxSteps + ", " + keptRuns + ", " + maxTokens);
        }
        if (maxTime.isNegative() || maxTime.isZero() || keptFor.isNegative() || keptFor.isZero()) {
            throw new IllegalArgumentException(
                    "maxTime and keptFor must be positive, were " + maxTime + " and " + keptFor);
        }
    }

    /** With another number of runs at once. */
    public GraphRunLimits withConcurrentRuns(int value) {
        return new GraphRunLimits(value, maxSteps, maxTime, maxTokens, keptRuns, keptFor);
    }

    /** With another number of steps. */
    public GraphRunLimits withMaxSteps(long value) {
        return new GraphRunLimits(concurrentRuns, value, maxTime, maxTokens, keptRuns, keptFor);
    }

    /** With another number of kept runs. */
    public GraphRunLimits withKeptRuns(int value) {
        return new GraphRunLimits(concurrentRuns, maxSteps, maxTime, maxTokens, value, keptFor);
    }
}
