package dev.datastudio.graph.json;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphException;
import dev.datastudio.graph.json.internal.Compilations;
import dev.datastudio.graph.json.internal.Wiring;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says what is wrong with a saved graph, and makes one that is right into a graph of the engine. Checking and compiling run
 * no node. Immutable and thread-safe.
 */
public final class GraphCompiler {
    private final NodeTypes types;
    private final GraphResolver resolver;
    private final NodeWatcher watcher;

    private GraphCompiler(NodeTypes types, GraphResolver resolver, NodeWatcher watcher) {
        this.types = Objects.requireNonNull(types, "types");
        this.resolver = Objects.requireNonNull(resolver, "resolver");
        this.watcher = Objects.requireNonNull(watcher, "watcher");
    }

    /** Knows these types, and no graph by its id. */
    public static GraphCompiler of(NodeTypes types) {
        return new GraphCompiler(types, id -> Optional.empty(), NodeWatcher.NONE);
    }

    /** As this, but finds graphs that nodes name by id. */
    public GraphCompiler withResolver(GraphResolver graphs) {
        return new GraphCompiler(types, graphs, watcher);
    }

    /** As this, but what it compiles tells what arrives at its nodes and what they give. */
    public GraphCompiler withWatcher(NodeWatcher value) {
        return new GraphCompiler(types, resolver, value);
    }

    /** The types that it knows. */
    public NodeTypes types() {
        return types;
    }

    /** Everything that is wrong with a graph, and which of its nodes are migrated; empty when there is nothing to say. */
    public List<GraphProblem> problems(SavedGraph graph) {
        return wiring(graph).problems();
    }

    /** The graph with each node written for the present version of its type, as far as that is possible. */
    public SavedGraph migrated(SavedGraph graph) {
        return Compilations.migrated(wiring(graph));
    }

    /** What a graph can be given; empty as far as its nodes have problems. */
    public List<Port> inputs(SavedGraph graph) {
        return wiring(graph).inputPorts();
    }

    /** What a graph gives; empty as far as its nodes have problems. */
    public List<Port> outputs(SavedGraph graph) {
        return wiring(graph).outputPorts();
    }

    /** The inputs of a node as it is configured now; empty when it has problems. */
    public List<Port> inputs(SavedNode node) {
        return Compilations.inputs(wiring(SavedGraph.named("").plus(node)));
    }

    /** The outputs of a node as it is configured now; empty when it has problems. */
    public List<Port> outputs(SavedNode node) {
        return Compilations.outputs(wiring(SavedGraph.named("").plus(node)));
    }

    /**
     * The graph, ready to be run. A node's events have its id; what a node that runs another graph does has the ids {@code
     * id}, {@code id.graph} or {@code id.item}, and {@code id.results}.
     *
     * <p>A node runs when its edges have brought what they can. One that lacks a required input then, as a branch was not
     * taken, is skipped, and gives nothing to those after it.
     *
     * @throws GraphException with every problem that stops it
     */
    public Graph<GraphInput, GraphOutput> compile(SavedGraph graph) {
        return Compilations.graph(wiring(graph), watcher);
    }

    /**
     * One node of a graph as a graph of its own, with an input for each of its inputs and an output for each of its
     * outputs. The other nodes and the edges may have problems.
     *
     * @throws StudioException with code INVALID_ARGUMENT if there is no such node
     * @throws GraphException with every problem of that node
     */
    public Graph<GraphInput, GraphOutput> compileNode(SavedGraph graph, String nodeId) {
        SavedNode node = graph.node(nodeId)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The graph has no node " + StudioException.quote(nodeId),
                        "Use one of "
                                + graph.nodes().stream().map(SavedNode::id).toList()));
        SavedGraph alone = SavedGraph.named(graph.name()).plus(node);
        return Compilations.singleNode(
                wiring(graph.id().map(id -> alone.withHead("id", id)).orElse(alone)), types, resolver, watcher);
    }

    private Wiring wiring(SavedGraph graph) {
        return Wiring.of(graph, types, resolver);
    }
}
