package dev.datastudio.agents.graph;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node used of a language model. A node of a program's own that asks one reports it by
 * {@link dev.datastudio.graph.NodeContext#emit}. Immutable.
 *
 * @param inputTokens how many were read, at least 0
 * @param outputTokens how many were written, at least 0
 * @param cost in US dollars; empty when it is not known
 */
public record NodeUsage(long inputTokens, long outputTokens, Optional<BigDecimal> cost) {
    /** Nothing. */
    public static final NodeUsage NONE = new NodeUsage(0, 0, Optional.of(BigDecimal.ZERO));

    /** @throws IllegalArgumentException if a number is negative */
    public NodeUsage {
        Objects.requireNonNull(cost, "cost");
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "tokens must be at least 0, were " + inputTokens + " and " + outputTokens);
        }
    }

    /** Both together; the cost is known where both costs are. */
    public NodeUsage plus(NodeUsage other) {
        return new NodeUsage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cost.flatMap(mine -> other.cost.map(mine::add)));
    }

    /** Read and written. */
    public long tokens() {
        return inputTokens + outputTokens;
    }
}
