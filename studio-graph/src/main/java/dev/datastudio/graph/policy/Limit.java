package dev.datastudio.graph.policy;

import java.util.Objects;

/**
 * How many tasks may use a resource at once, in all runs of an engine together. Immutable.
 *
 * @param resource what is used, such as {@code warehouse}; nodes that name the same resource share the limit
 * @param max at least 1; of several limits on one resource the lowest holds
 */
public record Limit(String resource, int max) {
    /** @throws IllegalArgumentException if the limit is below 1 */
    public Limit {
        Objects.requireNonNull(resource, "resource");
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, was " + max);
        }
    }
}
