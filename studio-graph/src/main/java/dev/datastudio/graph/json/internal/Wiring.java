package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.GraphProblem.Kind;
import dev.datastudio.graph.json.GraphResolver;
import dev.datastudio.graph.json.NodeType.Role;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A saved graph with its types, ports and edges looked up, and everything that is wrong with it. Immutable. */
public final class Wiring {
    /** Leaves room for what the engine's nodes add to the name of a saved node. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,49}");

    private final SavedGraph graph;
    private final List<WiredNode> nodes = new ArrayList<>();
    private final List<WiredEdge> edges = new ArrayList<>();
    private final List<GraphProblem> problems = new ArrayList<>();

    private Wiring(SavedGraph graph) {
        this.graph = graph;
    }

    /** Looks a graph up and checks it. */
    public static Wiring of(SavedGraph graph, NodeTypes types, GraphResolver resolver) {
        return of(graph, new Lookup(types, resolver, graph.id()));
    }

    static Wiring of(SavedGraph graph, Lookup lookup) {
        Wiring wiring = new Wiring(graph);
        wiring.head();
        for (int i = 0; i < graph.nodes().size(); i++) {
            wiring.nodes.add(lookup.node(i, graph.nodes().get(i), wiring.problems));
        }
        wiring.nodeIds();
        wiring.connect();
        wiring.problems.addAll(new FlowCheck(wiring).problems());
        wiring.names(Role.INPUT, "inputs");
        wiring.names(Role.OUTPUT, "outputs");
        wiring.requireOutput();
        return wiring;
    }

    SavedGraph graph() {
        return graph;
    }

    List<WiredNode> nodes() {
        return nodes;
    }

    List<WiredEdge> edges() {
        return edges;
    }

    /** Everything that is wrong, and what was migrated. */
    public List<GraphProblem> problems() {
        return List.copyOf(problems);
    }

    boolean canRun() {
        return problems.stream().noneMatch(GraphProblem::stopsRuns);
    }

    /** The nodes that stand for inputs or outputs of the graph. */
    List<WiredNode> nodes(Role role) {
        return nodes.stream().filter(node -> node.is(role)).toList();
    }

    /** What the graph can be given: a port for each input, of the type of its value. */
    public List<Port> inputPorts() {
        List<Port> ports = new ArrayList<>();
        for (WiredNode node : nodes(Role.INPUT)) {
            boolean optional = node.config().has("default");
            node.outputs().values().stream()
                    .findFirst()
                    .ifPresent(output -> ports.add(
                            optional
                                    ? Port.optional(node.name(), output.type())
                                    : Port.required(node.name(), output.type())));
        }
        return ports;
    }

    /** What the graph gives: a port for each output, which a branch may leave without a value. */
    public List<Port> outputPorts() {
        List<Port> ports = new ArrayList<>();
        for (WiredNode node : nodes(Role.OUTPUT)) {
            node.inputs().values().stream()
                    .findFirst()
                    .ifPresent(input -> ports.add(Port.optional(node.name(), input.type())));
        }
        return ports;
    }

    private void add(Kind kind, String node, String place, String what, String mend) {
        problems.add(new GraphProblem(kind, node, place, what, mend));
    }

    private void head() {
        if (graph.schemaVersion() > SavedGraph.SCHEMA_VERSION) {
            add(
                    Kind.SCHEMA_VERSION_NEWER,
                    "",
                    "/schemaVersion",
                    "The graph was saved in form " + graph.schemaVersion() + ", this Studio knows "
                            + SavedGraph.SCHEMA_VERSION,
                    "Open it with a newer Studio");
        }
    }

    private void nodeIds() {
        Set<String> seen = new HashSet<>();
        for (WiredNode node : nodes) {
            if (!ID.matcher(node.id()).matches()) {
                add(
                        Kind.NODE_ID_INVALID,
                        node.id(),
                        node.place() + "/id",
                        "The node has the id '" + node.id() + "'",
                        "Use 1 to 50 letters, digits, '_' or '-', beginning with a letter or digit");
            } else if (!seen.add(node.id())) {
                add(
                        Kind.NODE_ID_DUPLICATE,
                        node.id(),
                        node.place() + "/id",
                        "Two nodes have the id '" + node.id() + "'",
                        "Give each node an id of its own");
            }
        }
    }

    private void connect() {
        Map<String, WiredNode> byId = new HashMap<>();
        nodes.stream().filter(node -> !node.id().isEmpty()).forEach(node -> byId.putIfAbsent(node.id(), node));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < graph.edges().size(); i++) {
            SavedEdge edge = graph.edges().get(i);
            if (!edge.id().isEmpty() && !seen.add(edge.id())) {
                add(
                        Kind.EDGE_ID_DUPLICATE,
                        "",
                        "/edges/" + i + "/id",
                        "Two edges have the id '" + edge.id() + "'",
                        "Give each edge an id of its own");
            }
            connect(i, edge, byId);
        }
    }

    private void connect(int index, SavedEdge edge, Map<String, WiredNode> byId) {
        Optional<WiredNode> source = end(index, "source", edge.source(), byId);
        Optional<WiredNode> target = end(index, "target", edge.target(), byId);
        Optional<Port> output = source.flatMap(
                node -> handle(index, node, "sourceHandle", "output", edge.sourceHandle(), node.outputs()));
        Optional<Port> input = target.flatMap(
                node -> handle(index, node, "targetHandle", "input", edge.targetHandle(), node.inputs()));
        if (source.isEmpty() || target.isEmpty() || output.isEmpty() || input.isEmpty()) {
            return;
        }
        WiredEdge wired = new WiredEdge(index, source.get(), output.get(), target.get(), input.get());
        edges.add(wired);
        if (!output.get().type().connectsTo(input.get().type())) {
            add(
                    Kind.EDGE_TYPES_DIFFER,
                    target.get().id(),
                    "/edges/" + index,
                    "Output '" + output.get().name() + "' of node "
                            + source.get().shown() + " gives "
                            + output.get().type().described() + ", but input '"
                            + input.get().name() + "' of node "
                            + target.get().shown() + " takes "
                            + input.get().type().described(),
                    "Connect it to an input that takes this, or put a node between them that converts it");
        }
    }

    private Optional<WiredNode> end(int index, String member, String id, Map<String, WiredNode> byId) {
        WiredNode node = byId.get(id);
        if (node == null) {
            String nearest = Nearest.of(id, byId.keySet())
                    .map(name -> "; '" + name + "' is the nearest")
                    .orElse("");
            add(
                    Kind.EDGE_NODE_MISSING,
                    "",
                    "/edges/" + index + "/" + member,
                    "The edge's " + member + " '" + id + "' is not a node of the graph",
                    "Connect it to a node, or remove it" + nearest);
        }
        return Optional.ofNullable(node);
    }

    /** A port by its name, or the only one when the edge names none; silent when the ports are not known. */
    private Optional<Port> handle(
            int index, WiredNode node, String member, String kind, Optional<String> name, Map<String, Port> ports) {
        if (node.ports().isEmpty()) {
            return Optional.empty();
        }
        if (name.isEmpty() && ports.size() == 1) {
            return Optional.of(ports.values().iterator().next());
        }
        Port port = ports.get(name.orElse(""));
        if (port == null) {
            String said = name.map(text -> "'" + text + "'").orElse("without a name");
            String mend = ports.isEmpty()
                    ? "Remove the edge; this node has no " + kind + "s"
                    : "Use one of " + ports.keySet()
                            + name.flatMap(text -> Nearest.of(text, ports.keySet()))
                                    .map(nearest -> "; '" + nearest + "' is the nearest")
                                    .orElse("");
            add(
                    Kind.EDGE_HANDLE_MISSING,
                    node.id(),
                    "/edges/" + index + "/" + member,
                    "Node " + node.shown() + " has no " + kind + " " + said,
                    mend);
        }
        return Optional.ofNullable(port);
    }

    private void names(Role role, String kind) {
        Set<String> seen = new HashSet<>();
        for (WiredNode node : nodes(role)) {
            if (node.ports().isPresent() && !seen.add(node.name())) {
                add(
                        Kind.NAME_DUPLICATE,
                        node.id(),
                        node.place() + "/data/config/name",
                        "Two " + kind + " of the graph are named '" + node.name() + "'",
                        "Give each of them a name of its own");
            }
        }
    }

    private void requireOutput() {
        boolean known = nodes.stream().allMatch(node -> node.type().isPresent());
        if (nodes(Role.OUTPUT).isEmpty() && known) {
            add(
                    Kind.NO_OUTPUT,
                    "",
                    "/nodes",
                    "The graph has no output",
                    "Add a node of type 'text.output' and connect what shall come out to it");
        }
    }

    /** The first node of an id. */
    Optional<WiredNode> node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** The node as it is written for the present version of its type. */
    static SavedNode migrated(WiredNode node) {
        return node.type()
                .filter(type -> node.saved().typeVersion() < type.version()
                        && node.ports().isPresent())
                .map(type -> node.saved().withConfig(node.config().all()).withTypeVersion(type.version()))
                .orElse(node.saved());
    }
}
