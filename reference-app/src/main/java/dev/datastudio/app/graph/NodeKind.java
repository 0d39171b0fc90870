package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/**
 * A kind of node that graphs may be made of.
 *
 * @param id what nodes name it by
 * @param version that configurations are written for
 * @param title what people call it
 * @param description what it does
 * @param category the heading that it stands under
 * @param role what its nodes stand for
 * @param configSchema JSON Schema of the configuration; {@code format} says what to offer: {@code multiline}, {@code sql},
 *     {@code dataset-id}, {@code dataset-ids}, {@code document-id}, {@code document-ids}, {@code model-name}
 * @param inputs of a node without a configuration
 * @param outputs of a node without a configuration
 * @param dynamicPorts whether the ports are as the configuration says
 */
@Schema(name = "NodeType")
record NodeKind(
        String id,
        int version,
        String title,
        String description,
        String category,
        Role role,

        @JsonRawValue @Schema(implementation = ConfigSchema.class)
        String configSchema,

        List<NodePort> inputs,
        List<NodePort> outputs,
        boolean dynamicPorts) {
    /**
     * A JSON Schema of an object.
     *
     * @param properties the schemas of its members
     * @param required the members that must be there
     */
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
    record ConfigSchema(Map<String, Object> properties, List<String> required) {}

    /** What nodes stand for. */
    @Schema(name = "NodeRole", enumAsRef = true)
    enum Role {
        @JsonProperty("work")
        WORK,
        @JsonProperty("choice")
        CHOICE,
        @JsonProperty("input")
        INPUT,
        @JsonProperty("output")
        OUTPUT,
        @JsonProperty("subgraph")
        SUBGRAPH,
        @JsonProperty("map")
        MAP
    }

    static NodeKind of(NodeType type, GraphCompiler compiler) {
        SavedNode plain = SavedNode.of("node", type.id(), type.version());
        Role role = switch (type.role()) {
            case WORK -> Role.WORK;
            case CHOICE -> Role.CHOICE;
            case INPUT -> Role.INPUT;
            case OUTPUT -> Role.OUTPUT;
            case SUBGRAPH -> Role.SUBGRAPH;
            case MAP -> Role.MAP;
        };
        boolean dynamicPorts = type.hasPortsByConfig();
        return new NodeKind(
                type.id(),
                type.version(),
                type.title(),
                type.description(),
                type.category(),
                role,
                type.configSchema(),
                // Without a configuration the compiler refuses what needs one; ports that never change need none.
                NodePort.of(dynamicPorts ? compiler.inputs(plain) : type.inputs(Values.none())),
                NodePort.of(dynamicPorts ? compiler.outputs(plain) : type.outputs(Values.none())),
                dynamicPorts);
    }
}
