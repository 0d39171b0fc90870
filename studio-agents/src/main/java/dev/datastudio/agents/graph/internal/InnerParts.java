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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a part of a graph that stands inside of another node. What is around that node gives what it does as a whole
 * when the part is all that comes after a node, and only what the node gives otherwise.
 */
final class InnerParts {
    private final GraphCompiler compiler;
    private final RunRequest request;
    private final boolean isFrom;

    private InnerParts(GraphCompiler compiler, RunRequest request) {
        this.compiler = compiler;
        this.request = request;
        this.isFrom = request.part() == RunRequest.Part.FROM_NODE;
    }

    /**
     * What the graph does when the node that is to be run, inside of another one, is given what the request says.
     *
     * @throws StudioException with ENTRY_NOT_FOUND if there is no such node, and INVALID_ARGUMENT for what can't be given
     *     inside of another node
     */
    static SavedGraph given(SavedGraph graph, GraphCompiler compiler, RunRequest request) {
        return new InnerParts(compiler, request).given(graph, request.node());
    }

    /**
     * The graph where what is around the node that is to be run does only what it must.
     *
     * @param graph as {@link #given} gives it
     * @param signatures of the nodes of that graph
     * @param kept what nodes gave last, by their places
     */
    static SavedGraph in(
            SavedGraph graph,
            GraphCompiler compiler,
            RunRequest request,
            Signatures signatures,
            Function<String, Optional<RunStore.Kept>> kept) {
        return new InnerParts(compiler, request).narrowed(graph, request.node(), new Reuse(signatures, "", kept));
    }

    /**
     * What nodes of a graph gave before.
     *
     * @param before the place of the graph, with a slash at its end; empty for the outermost
     */
    private record Reuse(Signatures signatures, String before, Function<String, Optional<RunStore.Kept>> kept) {
        Reuse inside(SavedNode around, GraphCompiler compiler) {
            // Nodes of a map give something for each element.
            boolean isMap = around.type().equals(Wires.MAP);
            return new Reuse(
                    signatures.inside(around, compiler.types()),
                    before + around.id() + "/",
                    isMap ? place -> Optional.empty() : kept);
        }

        Optional<SavedNode> standIn(SavedNode node, GraphCompiler compiler) {
            // The inputs of a graph inside are those of the node around it, and cost nothing.
            return isInput(node, compiler)
                    ? Optional.empty()
                    : RunPlan.standIn(node, compiler, signatures.of(node.id()), kept.apply(before + node.id()));
        }
    }

    private SavedGraph given(SavedGraph graph, String place) {
        if (Places.isInner(place)) {
            SavedNode around = around(graph, place);
            if (around.type().equals(Wires.MAP)) {
                requireNothingGiven();
            }
            SavedGraph inner = Wires.graphIn(around).orElseThrow();
            SavedGraph given = given(inner, rest(place));
            return given.equals(inner) ? graph : graph.with(withGraph(around, given));
        }
        if (graph.node(place).isEmpty()) {
            throw RunPlan.missing(request);
        }
        return request.nodeInputs().all().isEmpty()
                ? graph
                : GivenInputs.in(
                        graph,
                        compiler,
                        place,
                        request.nodeInputs(),
                        isFrom ? Wires.reached(graph, place) : Set.of(place));
    }

    private SavedNode around(SavedGraph graph, String place) {
        return graph.node(Places.around(place).get(0))
                .filter(node -> Wires.graphIn(node).isPresent())
                .orElseThrow(() -> RunPlan.missing(request));
    }

    private static String rest(String place) {
        return place.substring(place.indexOf('/') + 1);
    }

    private static SavedNode withGraph(SavedNode around, SavedGraph inner) {
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(around.config().all());
        config.put("graph", inner.json().all());
        return around.withConfig(config);
    }

    private SavedGraph narrowed(SavedGraph graph, String place, Reuse reuse) {
        SavedNode around = around(graph, place);
        boolean isMap = around.type().equals(Wires.MAP);
        if (isMap && isFrom) {
            return graph; // all of it runs again, for each element
        }
        SavedGraph inner = Wires.graphIn(around).orElseThrow();
        SavedGraph part = part(inner, rest(place), reuse.inside(around, compiler));
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(around.config().all());
        if (isMap) {
            // Its elements come through one of these, whether or not the node needs them.
            part = withInputs(part, inner);
            config.remove("output");
        }
        return replaced(graph, around, withGraph(around.withConfig(config), part));
    }

    private SavedGraph part(SavedGraph graph, String place, Reuse reuse) {
        String next = Places.around(place).get(0);
        SavedGraph narrowed = Places.isInner(place) ? narrowed(graph, place, reuse) : graph;
        Set<String> targets = isFrom ? fromThere(narrowed, next) : Set.of(next);
        return RunPlan.part(narrowed, compiler, targets, node -> reuse.standIn(node, compiler));
    }

    /** A node, what comes after it, and the other outputs of its graph, which the node around it gives too. */
    private Set<String> fromThere(SavedGraph graph, String node) {
        Set<String> targets = Wires.reached(graph, node);
        graph.nodes().stream()
                .filter(each -> RunPlan.isOutput(each, compiler))
                .forEach(output -> targets.add(output.id()));
        return targets;
    }

    private static boolean isInput(SavedNode node, GraphCompiler compiler) {
        return compiler.types()
                .find(node.type())
                .filter(type -> type.role() == NodeType.Role.INPUT)
                .isPresent();
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
            if (isInput(node, compiler) && part.node(node.id()).isEmpty()) {
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
