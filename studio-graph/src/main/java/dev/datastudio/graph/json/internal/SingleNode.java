package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.Collections;
import java.util.Map;

/** A graph around one node, with an input for each of its inputs and an output for each of its outputs. */
final class SingleNode {
    private static final String NAMED = """
            {"type":"object","required":["name"],"properties":{
              "name":{"type":"string"},"required":{"type":"boolean"}}}
            """;

    /** What is given for an input, as it is; nothing when nothing was given and it is optional. */
    static final NodeType GIVEN = NodeType.define("studio.given", 1)
            .role(NodeType.Role.INPUT)
            .config(NAMED)
            .outputs(Port.optional("value", PortType.ANY))
            .work(config -> (inputs, context) -> given(config, inputs))
            .build();

    private static final NodeType TAKEN = NodeType.define("studio.taken", 1)
            .role(NodeType.Role.OUTPUT)
            .config(NAMED)
            .inputs(Port.required("value", PortType.ANY))
            .work(config -> (inputs, context) -> inputs)
            .build();

    private SingleNode() {}

    private static Values given(Values config, Values inputs) {
        if (!inputs.has("given") && config.isTrue("required")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Input " + StudioException.quote(config.text("name")) + " was not given",
                    "Give it, or run the whole graph");
        }
        return inputs.has("given")
                ? Values.of(Collections.singletonMap("value", inputs.all().get("given")))
                : Values.none();
    }

    static NodeTypes types(NodeTypes types) {
        return types.with(GIVEN, TAKEN);
    }

    /** The graph around a node whose ports are known. */
    static SavedGraph around(WiredNode node, String name) {
        // The id of what surrounds the node must not be the node's own.
        String prefix = node.id().startsWith("in-") || node.id().startsWith("out-") ? "port-" : "";
        SavedGraph graph = SavedGraph.named(name).plus(node.saved());
        int number = 0;
        for (Port input : node.inputs().values()) {
            String id = prefix + "in-" + number++;
            graph = graph.plus(SavedNode.of(id, GIVEN.id(), 1)
                            .withConfig(Map.of(
                                    "name", input.name(), "required", input.presence() != Port.Presence.OPTIONAL)))
                    .plus(SavedEdge.between(id, "value", node.id(), input.name()));
        }
        number = 0;
        for (Port output : node.outputs().values()) {
            String id = prefix + "out-" + number++;
            graph = graph.plus(SavedNode.of(id, TAKEN.id(), 1).withConfig(Map.of("name", output.name())))
                    .plus(SavedEdge.between(node.id(), output.name(), id, "value"));
        }
        return graph;
    }
}
