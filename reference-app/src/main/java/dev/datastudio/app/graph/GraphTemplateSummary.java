package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.agents.graph.GraphTemplate;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A graph to begin with.
 *
 * @param id names it
 * @param title what people call it
 * @param description what it does, and what it needs
 * @param needsModel whether it runs only with a language model
 * @param graph its nodes and edges
 */
@Schema(name = "GraphTemplate")
record GraphTemplateSummary(
        String id,
        String title,
        String description,
        boolean needsModel,

        @JsonRawValue @Schema(implementation = GraphContent.class)
        String graph) {
    static GraphTemplateSummary of(GraphTemplate template) {
        return new GraphTemplateSummary(
                template.id(),
                template.title(),
                template.description(),
                template.model() == GraphTemplate.Model.REQUIRED,
                template.graph().json().toJson());
    }
}
