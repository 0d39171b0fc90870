package dev.datastudio.agents.graph;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What is known of a graph that is kept, without the graph itself. Immutable.
 *
 * @param id a UUID
 * @param name what people call it
 * @param description what it is for; may be empty
 * @param nodeCount how many nodes its draft has
 * @param revision of its draft: 1 when it was made, one more with each time it was saved
 * @param publishedVersion the number of its latest version; empty when there is none
 * @param createdBy the user who made it
 * @param changedBy the user who saved its draft last
 * @param createdAt when it was made
 * @param updatedAt when its draft was saved last
 */
public record StoredGraph(
        String id,
        String name,
        String description,
        int nodeCount,
        long revision,
        OptionalInt publishedVersion,
        String createdBy,
        String changedBy,
        Instant createdAt,
        Instant updatedAt) {
    public StoredGraph {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(publishedVersion, "publishedVersion");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(changedBy, "changedBy");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }
}
