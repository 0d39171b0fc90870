package dev.datastudio.agents.graph;

import java.time.Instant;
import java.util.Objects;

/**
 * A version of a graph, which never changes. Immutable.
 *
 * @param number from 1, without a gap
 * @param name what the graph was called then
 * @param note what its maker says of it; may be empty
 * @param nodeCount how many nodes it has
 * @param createdBy the user who made it
 * @param createdAt when it was made
 */
public record GraphVersion(int number, String name, String note, int nodeCount, String createdBy, Instant createdAt) {
    public GraphVersion {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
