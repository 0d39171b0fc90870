package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.GraphProblem.Kind;
import dev.datastudio.graph.json.GraphResolver;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.NodeWatcher;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedGraph;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be made of a wiring. */
public final class Compilations {
    /** What is wrong with how a node is connected, and does not matter when it is run alone. */
    private static final Set<Kind> OF_CONNECTIONS =
            EnumSet.of(Kind.INPUT_NOT_CONNECTED, Kind.CYCLE_WITHOUT_ENTRY, Kind.NO_OUTPUT, Kind.NODE_MIGRATED);

    private Compilations() {}

    public static Graph<GraphInput, GraphOutput> graph(Wiring wiring, NodeWatcher watcher) {
        requireNone(
                wiring,
                wiring.problems().stream().filter(GraphProblem::stopsRuns).toList());
        return Compilation.of(wiring, watcher);
    }

    /** A wiring of one node, made into a graph around it. */
    public static Graph<GraphInput, GraphOutput> singleNode(
            Wiring wiring, NodeTypes types, GraphResolver resolver, NodeWatcher watcher) {
        requireNone(
                wiring,
                wiring.problems().stream()
                        .filter(problem -> !OF_CONNECTIONS.contains(problem.kind()))
                        .toList());
        SavedGraph around =
                SingleNode.around(wiring.nodes().get(0), wiring.graph().name());
        return graph(Wiring.of(around, SingleNode.types(types), resolver), watcher);
    }

    private static void requireNone(Wiring wiring, List<GraphProblem> problems) {
        if (!problems.isEmpty()) {
            String name = wiring.graph().name();
            throw new GraphException(
                    name.isEmpty() ? "without a name" : name,
                    problems.stream()
                            .map(problem -> new Problem(
                                    problem.what() + (problem.place().isEmpty() ? "" : " (" + problem.place() + ")"),
                                    problem.mend()))
                            .toList());
        }
    }

    public static SavedGraph migrated(Wiring wiring) {
        return wiring.graph()
                .withNodes(wiring.nodes().stream().map(Wiring::migrated).toList());
    }

    public static List<Port> inputs(Wiring ofOneNode) {
        return List.copyOf(ofOneNode.nodes().get(0).inputs().values());
    }

    public static List<Port> outputs(Wiring ofOneNode) {
        return List.copyOf(ofOneNode.nodes().get(0).outputs().values());
    }
}
