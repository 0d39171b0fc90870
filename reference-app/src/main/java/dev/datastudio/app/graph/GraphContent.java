package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a graph consists of, in the shape of React Flow. Members that are not named here are kept as they come.
 *
 * @param nodes in their order
 * @param edges in their order
 * @param maxSteps after how many super-steps a run is ended as endless; without it, after 1,000
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record GraphContent(List<Node> nodes, List<Edge> edges, Optional<Integer> maxSteps) {
    /**
     * A node.
     *
     * @param id a letter or digit, then up to 49 letters, digits, '_' and '-'
     * @param type the id of its kind
     * @param typeVersion the version of its kind that its configuration was written for
     * @param position where the editor shows it
     * @param data its configuration and settings
     */
    @Schema(name = "GraphNode", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
    record Node(String id, String type, int typeVersion, Position position, Data data) {}

    /**
     * A place in the editor.
     *
     * @param x of the left side
     * @param y of the top, downwards
     */
    @Schema(name = "GraphPosition")
    record Position(double x, double y) {}

    /**
     * What a node says of itself.
     *
     * @param title what the user calls it
     * @param config as the schema of its kind says
     */
    @Schema(name = "GraphNodeData", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
    record Data(Optional<String> title, Map<String, Object> config) {}

    /**
     * An edge from an output to an input.
     *
     * @param source the id of the node that it comes from
     * @param sourceHandle the output; null for the only one
     * @param target the id of the node that it leads to
     * @param targetHandle the input; null for the only one
     */
    @Schema(name = "GraphEdge", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
    record Edge(
            String id, String source, Optional<String> sourceHandle, String target, Optional<String> targetHandle) {}
}
