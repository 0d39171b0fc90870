package dev.datastudio.app.graph;

import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a graph shall be.
 *
 * @param name 1 to 200 characters
 * @param description at most 4,000 characters; empty when it is absent
 * @param graph its nodes and edges; a new graph begins without any when it is absent
 */
record GraphInput(
        @Nullable String name,
        @Nullable String description,

        @Schema(implementation = GraphContent.class) @Nullable
        Map<String, @Nullable Object> graph) {
    String nameOr(String otherwise) {
        return name == null ? otherwise : name;
    }

    String descriptionOr(String otherwise) {
        return description == null ? otherwise : description;
    }

    SavedGraph content(SavedGraph otherwise) {
        return graph == null ? otherwise : SavedGraph.from(Values.of(graph));
    }
}
