package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.StoredGraph;
import java.time.Instant;
import java.util.Optional;

/**
 * A graph as a list shows it.
 *
 * @param id names it
 * @param name what people call it
 * @param description what it is for; may be empty
 * @param nodeCount how many nodes its draft has
 * @param revision of its draft
 * @param publishedVersion the number of its latest version; null when there is none
 * @param createdBy the user who made it
 * @param changedBy the user who saved it last
 * @param createdAt when it was made
 * @param updatedAt when it was saved last
 */
record GraphSummary(
        String id,
        String name,
        String description,
        int nodeCount,
        long revision,
        Optional<Integer> publishedVersion,
        String createdBy,
        String changedBy,
        Instant createdAt,
        Instant updatedAt) {
    static GraphSummary of(StoredGraph graph) {
        return new GraphSummary(
                graph.id(),
                graph.name(),
                graph.description(),
                graph.nodeCount(),
                graph.revision(),
                graph.publishedVersion().stream().boxed().findFirst(),
                graph.createdBy(),
                graph.changedBy(),
                graph.createdAt(),
                graph.updatedAt());
    }
}
