package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.agents.graph.GraphDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;

/**
 * A graph with what it consists of.
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
 * @param graph its nodes and edges, with what is unknown or wrong in them
 */
record Graph(
        String id,
        String name,
        String description,
        int nodeCount,
        long revision,
        Optional<Integer> publishedVersion,
        String createdBy,
        String changedBy,
        Instant createdAt,
        Instant updatedAt,

        @JsonRawValue @Schema(implementation = GraphContent.class)
        String graph) {
    static Graph of(GraphDraft draft) {
        GraphSummary head = GraphSummary.of(draft.stored());
        return new Graph(
                head.id(),
                head.name(),
                head.description(),
                head.nodeCount(),
                head.revision(),
                head.publishedVersion(),
                head.createdBy(),
                head.changedBy(),
                head.createdAt(),
                head.updatedAt(),
                draft.graph().json().toJson());
    }
}
