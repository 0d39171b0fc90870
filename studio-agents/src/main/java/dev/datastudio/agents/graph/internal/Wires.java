package dev.datastudio.agents.graph.internal;

import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts and forms of saved graphs. */
final class Wires {
    /** The kind of a node that runs a graph for each element of a list. */
    static final String MAP = "map";

    private static final int MAX_DEPTH = 20;

    private Wires() {}

    /** A node and all that edges lead to from it. */
    static Set<String> reached(SavedGraph graph, String from) {
        Set<String> reached = new LinkedHashSet<>(Set.of(from));
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String at = open.remove();
            for (SavedEdge edge : graph.edges()) {
                if (edge.source().equals(at) && reached.add(edge.target())) {
                    open.add(edge.target());
                }
            }
        }
        return reached;
    }

    /** Whether a node runs another graph. */
    static boolean runsGraph(SavedNode node) {
        return node.type().equals("sub-graph") || node.type().equals(MAP);
    }

    /** The graph that stands in a node and that it runs; empty for one that runs none, or names it. */
    static Optional<SavedGraph> graphIn(SavedNode node) {
        return runsGraph(node) && node.config().all().get("graph") instanceof Map
                ? Optional.of(SavedGraph.from(node.config().object("graph")))
                : Optional.empty();
    }

    /** The graph with these nodes and edges instead. */
    static SavedGraph with(SavedGraph graph, List<SavedNode> nodes, List<SavedEdge> edges) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(graph.json().all());
        json.put("nodes", nodes.stream().map(node -> node.json().all()).toList());
        json.put("edges", edges.stream().map(edge -> edge.json().all()).toList());
        return SavedGraph.from(new Values(json));
    }

    /** The graph without these nodes and the edges at them. */
    static SavedGraph without(SavedGraph graph, Set<String> ids) {
        if (ids.isEmpty()) {
            return graph;
        }
        List<SavedNode> nodes =
                graph.nodes().stream().filter(node -> !ids.contains(node.id())).toList();
        List<SavedEdge> edges = graph.edges().stream()
                .filter(edge -> !ids.contains(edge.source()) && !ids.contains(edge.target()))
                .toList();
        return with(graph, nodes, edges);
    }

    /**
     * The graph with each graph that a node names by id in its place, so that it stays what it is while it runs. One that
     * is not found stays named.
     */
    static SavedGraph frozen(SavedGraph graph, Function<String, Optional<SavedGraph>> graphs) {
        return frozen(graph, graphs, 0);
    }

    private static SavedGraph frozen(SavedGraph graph, Function<String, Optional<SavedGraph>> graphs, int depth) {
        if (depth == MAX_DEPTH) {
            return graph;
        }
        List<SavedNode> nodes = new ArrayList<>();
        for (SavedNode node : graph.nodes()) {
            nodes.add(frozen(node, graphs, depth));
        }
        return graph.withNodes(nodes);
    }

    private static SavedNode frozen(SavedNode node, Function<String, Optional<SavedGraph>> graphs, int depth) {
        if (!runsGraph(node) || !(node.config().all().get("graphId") instanceof String id)) {
            return node;
        }
        Optional<SavedGraph> inner = graphs.apply(id);
        if (inner.isEmpty()) {
            return node;
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>(node.config().all());
        config.remove("graphId");
        config.put("graph", frozen(inner.get(), graphs, depth + 1).json().all());
        return node.withConfig(config);
    }
}
