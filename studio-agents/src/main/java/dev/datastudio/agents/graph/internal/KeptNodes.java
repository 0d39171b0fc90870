package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stand in a run of a part of a graph for nodes that are not run again: they give what those gave before. */
public final class KeptNodes {
    private static final String CONFIG = """
            {"type":"object","properties":{"values":{"type":"object"},
              "always":{"type":"array","items":{"type":"string"}},
              "perhaps":{"type":"array","items":{"type":"string"}},
              "pinned":{"type":"boolean"}}}
            """;

    private static final NodeType WORK = type("studio.kept", NodeType.Role.WORK);
    private static final NodeType CHOICE = type("studio.kept-choice", NodeType.Role.CHOICE);

    private KeptNodes() {}

    static List<NodeType> types() {
        return List.of(WORK, CHOICE);
    }

    static boolean isKept(SavedNode node) {
        return node.type().equals(WORK.id()) || node.type().equals(CHOICE.id());
    }

    /** How stand-ins show, by their place: those of a graph, and those inside of its nodes. */
    static Map<String, NodeState> states(SavedGraph graph) {
        Map<String, NodeState> states = new HashMap<>();
        states(graph, "", states);
        return states;
    }

    private static void states(SavedGraph graph, String around, Map<String, NodeState> states) {
        for (SavedNode node : graph.nodes()) {
            if (isKept(node)) {
                states.put(around + node.id(), isPinned(node) ? NodeState.PINNED : NodeState.CACHED);
            }
            Wires.graphIn(node).ifPresent(inner -> states(inner, around + node.id() + "/", states));
        }
    }

    /** Whether it stands for what is pinned, and not for what an earlier run gave. */
    static boolean isPinned(SavedNode node) {
        return isKept(node) && node.config().has("pinned");
    }

    private static NodeType type(String id, NodeType.Role role) {
        return NodeType.define(id, 1)
                .role(role)
                .config(CONFIG)
                .outputs(KeptNodes::ports)
                .work(config -> (inputs, context) -> config.object("values"))
                .build();
    }

    private static List<Port> ports(Values config) {
        List<Port> ports = new ArrayList<>();
        DataNodes.texts(config.all().get("always")).forEach(name -> ports.add(Port.required(name, PortType.ANY)));
        DataNodes.texts(config.all().get("perhaps")).forEach(name -> ports.add(Port.optional(name, PortType.ANY)));
        return ports;
    }

    /** A node that gives these values, each as an output that always gives. */
    static SavedNode giving(String id, Map<String, @Nullable Object> values) {
        return SavedNode.of(id, WORK.id(), 1)
                .withConfig(Map.of("always", List.copyOf(values.keySet()), "perhaps", List.of(), "values", values));
    }

    /** A node that gives what is pinned at another one. */
    static SavedNode pinned(SavedNode node, NodeType.Role role, List<Port> outputs, Values values) {
        SavedNode standIn = of(node, role, outputs, values);
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(standIn.config().all());
        config.put("pinned", true);
        return standIn.withConfig(config);
    }

    /** A node that gives what another one gave. */
    static SavedNode of(SavedNode node, NodeType.Role role, List<Port> outputs, Values values) {
        boolean isChoice = role == NodeType.Role.CHOICE;
        List<String> always = new ArrayList<>();
        List<String> perhaps = new ArrayList<>();
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        for (Port output : outputs) {
            boolean isAlways = !isChoice && output.presence() == Port.Presence.REQUIRED && values.has(output.name());
            (isAlways ? always : perhaps).add(output.name());
            if (values.has(output.name())) {
                given.put(output.name(), values.all().get(output.name()));
            }
        }
        return SavedNode.of(node.id(), isChoice ? CHOICE.id() : WORK.id(), 1)
                .withPosition(node.x(), node.y())
                .withConfig(Map.of("always", always, "perhaps", perhaps, "values", given));
    }
}
