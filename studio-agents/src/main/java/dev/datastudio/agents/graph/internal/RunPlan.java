package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.RunRequest;
import dev.datastudio.agents.graph.RunRequest.Part;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What of a graph is run: all, or a node with what leads to it, where nodes that gave something before stand in for
 * themselves.
 *
 * @param content what the engine runs
 * @param shown the ids of its nodes that are the graph's own, in the order of the graph
 * @param made what each node that is run makes its outputs from, by its place; not of nodes inside of a map
 */
record RunPlan(SavedGraph content, List<String> shown, Map<String, Made> made) {
    private static final String RESULT = "result-";
    private static final long RENUMBERING = 1_000_000;

    /**
     * What a node makes its outputs from.
     *
     * @param config hash of its kind and configuration
     * @param signature hash of these and of all that leads to it
     * @param given hash of what it is given, of an input of the graph; else empty
     */
    record Made(String config, String signature, String given) {}

    static RunPlan of(
            SavedGraph whole,
            GraphCompiler compiler,
            RunRequest request,
            Function<String, Optional<RunStore.Kept>> kept) {
        boolean isInner = Places.isInner(request.node());
        String target = Places.around(request.node()).get(0);
        requireNode(whole, request, target);
        SavedGraph own = isInner ? InnerParts.given(whole, compiler, request) : whole;
        SavedGraph pinned = request.pins() == RunRequest.Pins.HONOURED ? PinnedNodes.in(own, compiler, target) : own;
        Set<String> targets = request.part() == Part.FROM_NODE ? Wires.reached(pinned, target) : Set.of(target);
        SavedGraph graph = isInner || request.nodeInputs().all().isEmpty()
                ? pinned
                : GivenInputs.in(pinned, compiler, target, request.nodeInputs(), targets);
        Map<String, String> given = new LinkedHashMap<>();
        for (SavedNode node : graph.nodes()) {
            given(node, compiler, request.inputs(), kept).ifPresent(hash -> given.put(node.id(), hash));
        }
        Signatures signatures = new Signatures(graph, node -> Optional.ofNullable(given.get(node.id())));
        if (request.part() == Part.WHOLE) {
            SavedGraph content = Wires.without(graph, PinnedNodes.idle(whole, graph));
            return new Plans(whole, compiler, given).plan(graph, content, signatures);
        }
        Function<String, Optional<RunStore.Kept>> reused =
                request.part() == Part.TO_NODE ? node -> Optional.empty() : kept;
        SavedGraph narrowed = isInner ? InnerParts.in(graph, compiler, request, signatures, reused) : graph;
        SavedGraph content = part(
                narrowed,
                compiler,
                targets,
                node -> standIn(node, compiler, signatures.of(node.id()), reused.apply(node.id())));
        RunPlan plan = new Plans(whole, compiler, given).plan(graph, content, signatures);
        return request.part() == Part.FROM_NODE ? plan : plan.withoutMadeAround(request.node());
    }

    private static void requireNode(SavedGraph graph, RunRequest request, String target) {
        if (request.part() != Part.WHOLE && graph.node(target).isEmpty()) {
            throw missing(request);
        }
    }

    /** That there is no such node to be run. */
    static StudioException missing(RunRequest request) {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "The graph has no node " + StudioException.quote(request.node()),
                "Save the graph, then run one of its nodes");
    }

    /** The plan where what the nodes around one give is not what they give as a whole. */
    private RunPlan withoutMadeAround(String place) {
        Map<String, Made> others = new LinkedHashMap<>(made);
        Places.around(place).stream().filter(each -> !each.equals(place)).forEach(others::remove);
        return new RunPlan(content, shown, Collections.unmodifiableMap(others));
    }

    /**
     * Makes plans of what of a graph is run.
     *
     * @param given what its inputs are given
     */
    private record Plans(SavedGraph whole, GraphCompiler compiler, Map<String, String> given) {
        /** @param graph whose nodes the signatures are of, of which the content is a part */
        RunPlan plan(SavedGraph graph, SavedGraph content, Signatures signatures) {
            List<String> shown = content.nodes().stream()
                    .map(SavedNode::id)
                    .filter(id -> whole.node(id).isPresent())
                    .toList();
            Map<String, Made> made = new LinkedHashMap<>();
            add(made, "", graph, content, signatures);
            return new RunPlan(content, shown, Collections.unmodifiableMap(made));
        }

        private void add(
                Map<String, Made> made, String before, SavedGraph graph, SavedGraph content, Signatures signatures) {
            for (SavedNode node : content.nodes()) {
                Optional<SavedNode> own = graph.node(node.id());
                if (own.isPresent() && !KeptNodes.isKept(node)) {
                    String hash = before.isEmpty() ? given.getOrDefault(node.id(), "") : "";
                    Made from = new Made(Signatures.config(own.get()), signatures.of(node.id()), hash);
                    made.put(before + node.id(), from);
                    Optional<SavedGraph> inner = Wires.graphIn(own.get())
                            .filter(any -> !own.get().type().equals(Wires.MAP));
                    if (inner.isPresent()) {
                        add(
                                made,
                                before + node.id() + "/",
                                inner.get(),
                                Wires.graphIn(node).orElseThrow(),
                                signatures.inside(own.get(), compiler.types()));
                    }
                }
            }
        }
    }

    /** The plan of a run that was begun before; what its nodes give now is not kept for runs of a part. */
    static RunPlan again(SavedGraph content, GraphRun run) {
        return new RunPlan(content, run.nodes().stream().map(NodeRun::node).toList(), Map.of());
    }

    /** A run whose further events have numbers that nobody was given before, whatever was not kept of them. */
    static GraphRun renumbered(GraphRun run) {
        return new GraphRun(
                run.id(),
                run.graph(),
                run.version(),
                run.target(),
                run.user(),
                run.state(),
                run.startedAt(),
                run.endedAt(),
                run.inputs(),
                run.outputs(),
                run.error(),
                run.nodes(),
                run.waitingFor(),
                run.usage(),
                run.sequence() + RENUMBERING);
    }

    /** What an input is given; one that is given nothing keeps what it had. */
    private static Optional<String> given(
            SavedNode node, GraphCompiler compiler, Values inputs, Function<String, Optional<RunStore.Kept>> kept) {
        boolean isInput = compiler.types()
                .find(node.type())
                .filter(type -> type.role() == NodeType.Role.INPUT)
                .isPresent();
        String name = String.valueOf(node.config().all().get("name"));
        if (!isInput) {
            return Optional.empty();
        }
        if (inputs.has(name)) {
            return Optional.of(Signatures.hash(
                    Values.of(Collections.singletonMap("given", inputs.all().get(name)))));
        }
        return kept.apply(node.id())
                .map(RunStore.Kept::made)
                .filter(before -> before.config().equals(Signatures.config(node)))
                .map(Made::given);
    }

    /**
     * Some nodes with all that leads to them.
     *
     * @param kept what stands in for a node that is not to be run again; empty for one that is
     */
    static SavedGraph part(
            SavedGraph graph,
            GraphCompiler compiler,
            Set<String> targets,
            Function<SavedNode, Optional<SavedNode>> kept) {
        Set<String> run = new LinkedHashSet<>(targets);
        Map<String, SavedNode> standIns = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(targets);
        while (!open.isEmpty()) {
            String at = open.remove();
            for (SavedEdge edge : graph.edges()) {
                String source = edge.source();
                if (edge.target().equals(at) && !run.contains(source) && !standIns.containsKey(source)) {
                    Optional<SavedNode> standIn = graph.node(source).flatMap(kept);
                    if (standIn.isPresent()) {
                        standIns.put(source, standIn.get());
                    } else if (graph.node(source).isPresent()) {
                        run.add(source);
                        open.add(source);
                    }
                }
            }
        }
        return joined(graph, compiler, targets, run, standIns);
    }

    /**
     * What stands in for a node that gave something before; empty where that was not kept, or made from something else.
     *
     * @param signature of the node as it is now
     */
    static Optional<SavedNode> standIn(
            SavedNode node, GraphCompiler compiler, String signature, Optional<RunStore.Kept> kept) {
        NodeType.Role role =
                compiler.types().find(node.type()).map(NodeType::role).orElse(NodeType.Role.WORK);
        return kept.filter(value -> value.made().signature().equals(signature))
                .map(value -> KeptNodes.of(node, role, compiler.outputs(node), value.outputs()));
    }

    private static SavedGraph joined(
            SavedGraph graph,
            GraphCompiler compiler,
            Set<String> targets,
            Set<String> run,
            Map<String, SavedNode> standIns) {
        List<SavedNode> nodes = new ArrayList<>();
        boolean hasOutput = false;
        for (SavedNode node : graph.nodes()) {
            if (run.contains(node.id())) {
                nodes.add(node);
                hasOutput |= isOutput(node, compiler);
            } else if (standIns.containsKey(node.id())) {
                nodes.add(standIns.get(node.id()));
            }
        }
        List<SavedEdge> edges = new ArrayList<>();
        for (SavedEdge edge : graph.edges()) {
            boolean isFrom = run.contains(edge.source()) || standIns.containsKey(edge.source());
            if (isFrom && run.contains(edge.target())) {
                edges.add(edge);
            }
        }
        if (!hasOutput) {
            addOutputs(graph, compiler, targets, nodes, edges);
        }
        return Wires.with(graph, nodes, edges);
    }

    static boolean isOutput(SavedNode node, GraphCompiler compiler) {
        return compiler.types()
                .find(node.type())
                .filter(type -> type.role() == NodeType.Role.OUTPUT)
                .isPresent();
    }

    /** A graph must have outputs: what the first target gives. */
    private static void addOutputs(
            SavedGraph graph,
            GraphCompiler compiler,
            Set<String> targets,
            List<SavedNode> nodes,
            List<SavedEdge> edges) {
        String target = targets.iterator().next();
        SavedNode node = graph.node(target).orElseThrow();
        int number = 0;
        for (Port output : compiler.outputs(node)) {
            String id = RESULT + number++;
            while (graph.node(id).isPresent()) {
                id = RESULT + number++;
            }
            nodes.add(KeptNodes.helping(SavedNode.of(id, "text.output", 1).withConfig(Map.of("name", output.name()))));
            edges.add(SavedEdge.between(target, output.name(), id, "value"));
        }
    }
}
