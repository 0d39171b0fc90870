package dev.datastudio.app.graph;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.GraphJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Nodes whose ports are asked for.
 *
 * @param nodes as many as a graph may have, at most
 */
record NodePortsInput(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable Node> nodes) {
    /**
     * One of them.
     *
     * @param type the id of its kind
     * @param config as the schema of its kind says
     */
    @Schema(name = "NodePortsInputNode")
    record Node(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String type,

            @Nullable Map<String, @Nullable Object> config) {
        Map<String, @Nullable Object> values() {
            return config == null ? Map.of() : config;
        }
    }

    /** @throws StudioException INVALID_ARGUMENT when there is no list of them, or a longer one, or one of them is null */
    List<Node> requireSome() {
        if (nodes == null
                || nodes.size() > GraphJson.MAX_NODES
                || nodes.stream().anyMatch(Objects::isNull)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "nodes must be a list of at most " + GraphJson.MAX_NODES + " objects, was "
                            + (nodes == null ? "missing" : "a list of " + nodes.size()),
                    "Send the nodes of one graph");
        }
        return nodes.stream().filter(Objects::nonNull).toList();
    }
}
