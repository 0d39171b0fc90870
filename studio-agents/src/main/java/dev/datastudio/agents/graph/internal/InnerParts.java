package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.RunRequest;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs of one node of a graph that stands inside of another node. */
final class InnerParts {
    private final GraphCompiler compiler;
    private final RunRequest request;

    private InnerParts(GraphCompiler compiler, RunRequest request) {
        this.compiler = compiler;
        this.request = request;
    }

    /**
     * The graph where what is around the node that is to be run does only what that node needs, and gives what it gives.
     *
     * @throws StudioException with ENTRY_NOT_FOUND if there is no such node, and INVALID_ARGUMENT for what can't be run
     *     inside of another node
     */
    static SavedGraph in(SavedGraph graph, GraphCompiler compiler, RunRequest request) {
        if (request.part() == RunRequest.Part.FROM_NODE) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Node " + StudioException.quote(request.node()) + " is inside of another one: what comes after it"
                            + " there can't be run alone",
                    "Run that node alone or up to it, or run from the node that it is inside of");
        }
        return new InnerParts(compiler, request).narrowed(graph, request.node());
    }

    private SavedGraph narrowed(SavedGraph graph, String place) {
        int slash = place.indexOf('/');
        String id = place.substring(0, slash);
        SavedNode around = graph.node(id)
                .filter(node -> Wires.graphIn(node).isPresent())
                .orElseThrow(() -> RunPlan.missing(request));
        SavedGraph inner = Wires.graphIn(around).orElseThrow();
        SavedGraph part = part(inner, place.substring(slash + 1));
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(around.config().all());
        if (around.type().equals(Wires.MAP)) {
            requireNothingGiven();
            // Its elements come through one of these, whether or not the node needs them.
            part = withInputs(part, inner);
            config.remove("output");
        }
        config.put("graph", part.json().all());
        return replaced(graph, around, around.withConfig(config));
    }

    private SavedGraph part(SavedGraph graph, String place) {
        if (Places.isInner(place)) {
            String next = place.substring(0, place.indexOf('/'));
            return RunPlan.part(narrowed(graph, place), compiler, Set.of(next), node -> Optional.empty());
        }
        if (graph.node(place).isEmpty()) {
            throw RunPlan.missing(request);
        }
        SavedGraph given = request.nodeInputs().all().isEmpty()
                ? graph
                : GivenInputs.in(graph, compiler, place, request.nodeInputs(), Set.of(place));
        return RunPlan.part(given, compiler, Set.of(place), node -> Optional.empty());
    }

    private void requireNothingGiven() {
        if (!request.nodeInputs().all().isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Node " + StudioException.quote(request.node())
                            + " runs once for each element of a map: it can't be given inputs",
                    "Give the map other elements, or run the node without inputs");
        }
    }

    private SavedGraph withInputs(SavedGraph part, SavedGraph inner) {
        List<SavedNode> nodes = new ArrayList<>(part.nodes());
        for (SavedNode node : inner.nodes()) {
            boolean isInput = compiler.types()
                    .find(node.type())
                    .filter(type -> type.role() == NodeType.Role.INPUT)
                    .isPresent();
            if (isInput && part.node(node.id()).isEmpty()) {
                nodes.add(node);
            }
        }
        return Wires.with(part, nodes, part.edges());
    }

    /** The graph with a node that takes less: what leads to inputs that it no longer has leads nowhere. */
    private SavedGraph replaced(SavedGraph graph, SavedNode before, SavedNode after) {
        List<Port> had = compiler.inputs(before);
        Set<String> has = compiler.inputs(after).stream().map(Port::name).collect(Collectors.toSet());
        String only = had.size() == 1 ? had.get(0).name() : "";
        List<SavedEdge> edges = graph.edges().stream()
                .filter(edge -> !edge.target().equals(before.id())
                        || has.contains(edge.targetHandle().orElse(only)))
                .toList();
        List<SavedNode> nodes = graph.nodes().stream()
                .map(node -> node.id().equals(before.id()) ? after : node)
                .toList();
        return Wires.with(graph, nodes, edges);
    }
}
