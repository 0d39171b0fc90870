package dev.datastudio.app.graph;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph to be checked.
 *
 * @param graph its nodes and edges
 */
record GraphCheckInput(
        @Schema(implementation = GraphContent.class) Map<String, @Nullable Object> graph) {}
