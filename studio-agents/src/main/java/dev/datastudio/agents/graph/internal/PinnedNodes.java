package dev.datastudio.agents.graph.internal;

import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people pinned at nodes, {@code data.pinned.outputs}, in place of these nodes. */
final class PinnedNodes {
    private PinnedNodes() {}

    /**
     * The graph with a stand-in, to which nothing leads, for each node that is pinned.
     *
     * @param except the id of a node that is to be run, pinned or not; empty for none
     */
    static SavedGraph in(SavedGraph graph, GraphCompiler compiler, String except) {
        List<SavedNode> nodes = new ArrayList<>();
        Set<String> pinned = new HashSet<>();
        for (SavedNode node : graph.nodes()) {
            Optional<SavedNode> standIn = node.id().equals(except) ? Optional.empty() : standIn(node, compiler);
            nodes.add(standIn.orElse(node));
            standIn.ifPresent(given -> pinned.add(given.id()));
        }
        if (pinned.isEmpty()) {
            return graph;
        }
        List<SavedEdge> edges = graph.edges().stream()
                .filter(edge -> !pinned.contains(edge.target()))
                .toList();
        return Wires.with(graph, nodes, edges);
    }

    /**
     * The graph with stand-ins for what is pinned in graphs that stand inside of its nodes. Those that nodes only name are
     * graphs of their own, whose pins are for their own drafts.
     *
     * @param except the place of a node that is to be run with all that it is inside of; empty for none
     */
    static SavedGraph inside(SavedGraph graph, GraphCompiler compiler, String except) {
        List<SavedNode> nodes = new ArrayList<>();
        for (SavedNode node : graph.nodes()) {
            String within = except.startsWith(node.id() + "/")
                    ? except.substring(node.id().length() + 1)
                    : "";
            nodes.add(Wires.graphIn(node)
                    .map(inner -> withGraph(node, inner, whole(inner, compiler, within)))
                    .orElse(node));
        }
        return graph.withNodes(nodes);
    }

    private static SavedNode withGraph(SavedNode node, SavedGraph before, SavedGraph after) {
        if (after.equals(before)) {
            return node;
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>(node.config().all());
        config.put("graph", after.json().all());
        return node.withConfig(config);
    }

    /** A graph inside of a node, which keeps its inputs: they are those of the node. */
    private static SavedGraph whole(SavedGraph inner, GraphCompiler compiler, String except) {
        SavedGraph own = inside(inner, compiler, except);
        List<SavedNode> inputs = own.nodes().stream()
                .filter(node ->
                        role(node, compiler).filter(NodeType.Role.INPUT::equals).isPresent())
                .toList();
        SavedGraph pinned = in(own, compiler, Places.around(except).get(0));
        for (SavedNode input : inputs) {
            pinned = pinned.with(input);
        }
        if (!except.isEmpty()) {
            return pinned;
        }
        Set<String> idle = new HashSet<>(idle(own, pinned));
        inputs.forEach(node -> idle.remove(node.id()));
        return Wires.without(pinned, idle);
    }

    private static Optional<NodeType.Role> role(SavedNode node, GraphCompiler compiler) {
        return compiler.types().find(node.type()).map(NodeType::role);
    }

    private static Optional<SavedNode> standIn(SavedNode node, GraphCompiler compiler) {
        Optional<NodeType> type = compiler.types().find(node.type());
        Values given = object(object(node.data(), "pinned"), "outputs");
        if (type.isEmpty()
                || type.get().role() == NodeType.Role.OUTPUT
                || given.all().isEmpty()) {
            return Optional.empty();
        }
        List<Port> ports = new ArrayList<>();
        // What is pinned counts, also while the configuration is not finished and says nothing of outputs.
        given.all().keySet().forEach(name -> ports.add(Port.required(name, PortType.ANY)));
        for (Port output : compiler.outputs(node)) {
            if (!given.all().containsKey(output.name())) {
                ports.add(Port.optional(output.name(), PortType.ANY));
            }
        }
        return Optional.of(KeptNodes.pinned(node, type.get().role(), ports, given));
    }

    private static Values object(Values values, String member) {
        return values.all().get(member) instanceof Map ? values.object(member) : Values.none();
    }

    /** The ids of what leads to pinned nodes and nowhere else, so that nobody needs it. */
    static Set<String> idle(SavedGraph graph, SavedGraph withPins) {
        Set<String> idle = new HashSet<>();
        boolean isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (SavedNode node : graph.nodes()) {
                isGrowing |= leadsOnlyTo(idle, node.id(), graph, withPins) && idle.add(node.id());
            }
        }
        return idle;
    }

    private static boolean leadsOnlyTo(Set<String> idle, String node, SavedGraph graph, SavedGraph withPins) {
        boolean leadsSomewhere = false;
        for (SavedEdge edge : graph.edges()) {
            if (edge.source().equals(node)) {
                leadsSomewhere = true;
                boolean isPinned =
                        withPins.node(edge.target()).filter(KeptNodes::isPinned).isPresent();
                if (!isPinned && !idle.contains(edge.target())) {
                    return false;
                }
            }
        }
        return leadsSomewhere;
    }
}
