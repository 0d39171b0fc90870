package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.GraphVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A version of a graph, which never changes.
 *
 * @param number from 1
 * @param name what the graph was called then
 * @param note what its maker says of it; may be empty
 * @param nodeCount how many nodes it has
 * @param createdBy the user who made it
 * @param createdAt when it was made
 */
@Schema(name = "GraphVersion")
record GraphVersionSummary(int number, String name, String note, int nodeCount, String createdBy, Instant createdAt) {
    static GraphVersionSummary of(GraphVersion version) {
        return new GraphVersionSummary(
                version.number(),
                version.name(),
                version.note(),
                version.nodeCount(),
                version.createdBy(),
                version.createdAt());
    }
}
