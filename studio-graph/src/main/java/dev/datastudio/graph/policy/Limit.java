package dev.datastudio.graph.policy;

import java.util.Objects;

/**
 * How many tasks may use a resource at once, in all runs of an engine together. Immutable.
 *
 * <p>Each try of a task takes a permit, first come, first served, and gives it back while it waits for the next try. A task
 * that runs a graph inside, as a sub-graph or by the same engine, lends its permit to the tasks in there, one at a time, so
 * that they don't wait for the one that waits for them. Limits of two resources taken one inside the other must always be
 * taken in the same order; two graphs that take them crosswise can wait for each other until one is cancelled.
 *
 * @param resource what is used, such as {@code warehouse}; nodes that name the same resource share the limit
 * @param max at least 1; of several limits on one resource the lowest that a task has named so far holds
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
