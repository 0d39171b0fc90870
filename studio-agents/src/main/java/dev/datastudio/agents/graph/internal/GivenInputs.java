package dev.datastudio.agents.graph.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that a person gives to the inputs of one node, in place of what edges bring it. */
final class GivenInputs {
    private static final String ID = "given";
    private static final String OUTPUT = "v";

    private GivenInputs() {}

    /**
     * The graph with a node that gives these values to another one.
     *
     * @param targets what is run anyway: edges from there, which close loops, stay
     * @throws StudioException with INVALID_ARGUMENT for a value of an input that the node has not
     */
    static SavedGraph in(SavedGraph graph, GraphCompiler compiler, String nodeId, Values inputs, Set<String> targets) {
        SavedNode node = graph.node(nodeId).orElseThrow();
        List<SavedEdge> edges = new ArrayList<>();
        for (SavedEdge edge : graph.edges()) {
            if (!edge.target().equals(nodeId) || targets.contains(edge.source())) {
                edges.add(edge);
            }
        }
        String id = freeId(graph);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<Port> ports = compiler.inputs(node);
        inputs.all().forEach((name, value) -> {
            for (@Nullable Object each : each(port(nodeId, ports, name), value)) {
                String output = OUTPUT + values.size();
                values.put(output, each);
                edges.add(SavedEdge.between(id, output, nodeId, name));
            }
        });
        List<SavedNode> nodes = new ArrayList<>(graph.nodes());
        nodes.add(KeptNodes.helping(KeptNodes.giving(id, values)));
        return Wires.with(graph, nodes, edges);
    }

    private static Port port(String node, List<Port> ports, String name) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Node " + StudioException.quote(node) + " has no input " + StudioException.quote(name),
                        "Give only " + ports.stream().map(Port::name).toList()));
    }

    /** An input for many edges shows a list of what they bring. */
    private static List<@Nullable Object> each(Port port, @Nullable Object value) {
        if (port.presence() == Port.Presence.MANY && value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        List<@Nullable Object> one = new ArrayList<>();
        one.add(value);
        return one;
    }

    private static String freeId(SavedGraph graph) {
        String id = ID;
        for (int number = 2; graph.node(id).isPresent(); number++) {
            id = ID + "-" + number;
        }
        return id;
    }
}
