package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of a saved graph with what its type makes of it. Immutable.
 *
 * @param index its place among the nodes of its graph
 * @param type empty when it is unknown
 * @param config migrated to the present version of the type
 * @param ports empty when they can't be told, as the type or the configuration is wrong
 * @param inner the graph that it runs, if it runs one
 */
record WiredNode(
        int index,
        SavedNode saved,
        Optional<NodeType> type,
        Values config,
        NodeOptions options,
        Optional<Ports> ports,
        Optional<Wiring> inner) {

    /** The inputs and outputs of a node, by name. Immutable. */
    record Ports(Map<String, Port> inputs, Map<String, Port> outputs) {
        static Ports of(List<Port> inputs, List<Port> outputs) {
            return new Ports(byName(inputs), byName(outputs));
        }

        private static Map<String, Port> byName(List<Port> ports) {
            Map<String, Port> byName = new LinkedHashMap<>();
            ports.forEach(port -> byName.put(port.name(), port));
            return byName;
        }
    }

    String id() {
        return saved.id();
    }

    String place() {
        return "/nodes/" + index;
    }

    boolean is(NodeType.Role role) {
        return type.filter(known -> known.role() == role).isPresent();
    }

    Map<String, Port> inputs() {
        return ports.map(Ports::inputs).orElse(Map.of());
    }

    Map<String, Port> outputs() {
        return ports.map(Ports::outputs).orElse(Map.of());
    }

    /** What the graph calls the input or output that this node stands for. */
    String name() {
        return config.text("name", "");
    }

    /** As errors name it: {@code 'greet' ('Greeting')}. */
    String shown() {
        return "'" + saved.id() + "'"
                + saved.title().map(title -> " ('" + title + "')").orElse("");
    }
}
