package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.GraphProblem.Kind;
import dev.datastudio.graph.json.NodeType.Role;
import dev.datastudio.graph.json.Port;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is wrong with how values flow: inputs without an edge or with too many, loops that nothing ends or begins.
 *
 * <p>Two edges may lead to an input for one value when they can't bring one at the same time: one of them closes a loop, or
 * they lie on different branches of one node. For the latter each node gets its guards, the branches that must have been
 * taken when it gives anything: as it needs all of its required inputs, the union over these of what is common to the edges
 * into each, which is the guards of an edge's source and the edge's own branch; found by narrowing from all guards until
 * nothing changes.
 */
final class FlowCheck {
    private final Wiring wiring;
    private final List<List<WiredEdge>> incoming = new ArrayList<>();
    private final List<List<WiredEdge>> outgoing = new ArrayList<>();
    private final List<GraphProblem> problems = new ArrayList<>();
    private final Components loops;
    /** The target and the handle that each edge names, right or wrong. */
    private final Set<List<String>> aimedAt = new HashSet<>();

    FlowCheck(Wiring wiring) {
        this.wiring = wiring;
        wiring.nodes().forEach(node -> {
            incoming.add(new ArrayList<>());
            outgoing.add(new ArrayList<>());
        });
        wiring.edges().forEach(edge -> {
            incoming.get(edge.target().index()).add(edge);
            outgoing.get(edge.source().index()).add(edge);
        });
        wiring.graph()
                .edges()
                .forEach(edge ->
                        aimedAt.add(List.of(edge.target(), edge.targetHandle().orElse(""))));
        loops = components(edge -> true);
    }

    List<GraphProblem> problems() {
        wiring.nodes().forEach(this::requireInputs);
        requireOneEdge();
        endlessLoops();
        closedLoops();
        return problems;
    }

    private void add(Kind kind, WiredNode node, String place, String what, String mend) {
        problems.add(new GraphProblem(kind, node.id(), place, what, mend));
    }

    private List<WiredEdge> into(WiredNode node) {
        return incoming.get(node.index());
    }

    private List<WiredEdge> from(WiredNode node) {
        return outgoing.get(node.index());
    }

    private void requireInputs(WiredNode node) {
        for (Port input : node.inputs().values()) {
            boolean connected =
                    into(node).stream().anyMatch(edge -> edge.input().equals(input));
            if (!connected && input.presence() != Port.Presence.OPTIONAL && !hasBrokenEdge(node, input)) {
                add(
                        Kind.INPUT_NOT_CONNECTED,
                        node,
                        node.place(),
                        "Input '" + input.name() + "' of node " + node.shown() + " is not connected",
                        "Connect an output that gives " + input.type().described() + " to it");
            }
        }
    }

    /** Whether an edge leads here whose source is wrong, which is told already. */
    private boolean hasBrokenEdge(WiredNode node, Port input) {
        return aimedAt.contains(List.of(node.id(), input.name())) || aimedAt.contains(List.of(node.id(), ""));
    }

    private void requireOneEdge() {
        Map<Integer, Set<String>> guards = Map.of();
        for (WiredNode node : wiring.nodes()) {
            Map<Port, List<WiredEdge>> byInput = new LinkedHashMap<>();
            into(node)
                    .forEach(edge -> byInput.computeIfAbsent(edge.input(), input -> new ArrayList<>())
                            .add(edge));
            byInput.values()
                    .removeIf(edges -> edges.size() == 1 || edges.get(0).input().presence() == Port.Presence.MANY);
            if (!byInput.isEmpty()) {
                guards = guards.isEmpty() ? guards() : guards;
                for (List<WiredEdge> edges : byInput.values()) {
                    requireExclusive(node, edges, guards);
                }
            }
        }
    }

    private void requireExclusive(WiredNode node, List<WiredEdge> edges, Map<Integer, Set<String>> guards) {
        List<WiredEdge> forward = edges.stream()
                .filter(edge -> !loops.together(edge.source().index(), node.index()))
                .toList();
        for (int i = 0; i < forward.size(); i++) {
            for (int j = i + 1; j < forward.size(); j++) {
                if (!isExclusive(guardsOf(forward.get(i), guards), guardsOf(forward.get(j), guards))) {
                    WiredEdge second = forward.get(j);
                    add(
                            Kind.INPUT_CONNECTED_TWICE,
                            node,
                            "/edges/" + second.index(),
                            "Input '" + second.input().name() + "' of node " + node.shown()
                                    + " takes one value, but both node "
                                    + forward.get(i).source().shown() + " and node "
                                    + second.source().shown() + " lead to it",
                            "Remove one of the edges, or join the values with a template");
                    return;
                }
            }
        }
    }

    /** Whether two sets of guards name different branches of one node. */
    private static boolean isExclusive(Set<String> one, Set<String> other) {
        Map<String, String> branches = new HashMap<>();
        one.forEach(guard -> branches.put(nodeOf(guard), guard));
        return other.stream().anyMatch(guard -> {
            String branch = branches.get(nodeOf(guard));
            return branch != null && !branch.equals(guard);
        });
    }

    private static String nodeOf(String guard) {
        return guard.substring(0, guard.indexOf('/'));
    }

    private static Set<String> guardsOf(WiredEdge edge, Map<Integer, Set<String>> guards) {
        Set<String> all = new HashSet<>(guards.getOrDefault(edge.source().index(), Set.of()));
        if (edge.source().is(Role.CHOICE)) {
            all.add(edge.source().index() + "/" + edge.output().name());
        }
        return all;
    }

    /** The guards of each node, by its place; those that nothing leads to from outside have none. */
    private Map<Integer, Set<String>> guards() {
        Map<Integer, Set<String>> guards = new HashMap<>();
        Deque<WiredNode> open = new ArrayDeque<>(wiring.nodes());
        while (!open.isEmpty()) {
            WiredNode node = open.remove();
            Optional<Set<String>> narrowed = narrowed(node, guards);
            if (narrowed.isPresent() && !narrowed.get().equals(guards.put(node.index(), narrowed.get()))) {
                from(node).forEach(edge -> open.add(edge.target()));
            }
        }
        return guards;
    }

    /** Empty while they still may be all guards. */
    private Optional<Set<String>> narrowed(WiredNode node, Map<Integer, Set<String>> guards) {
        Map<Port, Optional<Set<String>>> byInput = new LinkedHashMap<>();
        for (WiredEdge edge : into(node)) {
            if (edge.input().presence() != Port.Presence.OPTIONAL) {
                Optional<Set<String>> before = byInput.computeIfAbsent(edge.input(), input -> Optional.empty());
                if (guards.containsKey(edge.source().index())) {
                    Set<String> common = guardsOf(edge, guards);
                    before.ifPresent(common::retainAll);
                    byInput.put(edge.input(), Optional.of(common));
                }
            }
        }
        if (byInput.containsValue(Optional.<Set<String>>empty())) {
            return Optional.empty();
        }
        Set<String> all = new HashSet<>();
        byInput.values().forEach(common -> all.addAll(common.orElseThrow()));
        return Optional.of(all);
    }

    /** A loop of edges that are always followed never ends. */
    private void endlessLoops() {
        Components endless = components(edge -> !edge.isBranch());
        Map<Integer, BitSet> byComponent = new LinkedHashMap<>();
        for (WiredNode node : wiring.nodes()) {
            boolean toItself =
                    from(node).stream().anyMatch(edge -> edge.target().index() == node.index() && !edge.isBranch());
            if (endless.size(node.index()) > 1 || toItself) {
                byComponent
                        .computeIfAbsent(endless.of(node.index()), component -> new BitSet())
                        .set(node.index());
            }
        }
        for (BitSet loop : byComponent.values()) {
            WiredNode first = wiring.nodes().get(loop.nextSetBit(0));
            add(
                    Kind.CYCLE_WITHOUT_CONDITION,
                    first,
                    first.place(),
                    "Nodes " + names(loop) + " form a loop that nothing ends",
                    "Lead the edge back from an output of a condition in the loop");
        }
    }

    private Components components(Predicate<WiredEdge> follow) {
        List<List<Integer>> next = new ArrayList<>();
        for (List<WiredEdge> edges : outgoing) {
            next.add(edges.stream()
                    .filter(follow)
                    .map(edge -> edge.target().index())
                    .toList());
        }
        return new Components(next);
    }

    /** Every node must be reached from one that nothing leads to. */
    private void closedLoops() {
        List<WiredNode> first =
                wiring.nodes().stream().filter(node -> into(node).isEmpty()).toList();
        BitSet reached = reachable(first);
        BitSet missed = new BitSet();
        missed.set(0, wiring.nodes().size());
        missed.andNot(reached);
        if (!missed.isEmpty()) {
            add(
                    Kind.CYCLE_WITHOUT_ENTRY,
                    wiring.nodes().get(missed.nextSetBit(0)),
                    wiring.nodes().get(missed.nextSetBit(0)).place(),
                    "Nodes " + names(missed) + " wait for each other, and nothing leads to them from outside",
                    "Connect an input of the graph to one of them");
        }
    }

    private BitSet reachable(List<WiredNode> from) {
        BitSet seen = new BitSet();
        Deque<WiredNode> open = new ArrayDeque<>();
        for (WiredNode node : from) {
            if (!seen.get(node.index())) {
                seen.set(node.index());
                open.add(node);
            }
        }
        while (!open.isEmpty()) {
            for (WiredEdge edge : from(open.remove())) {
                if (!seen.get(edge.target().index())) {
                    seen.set(edge.target().index());
                    open.add(edge.target());
                }
            }
        }
        return seen;
    }

    private String names(BitSet nodes) {
        List<String> names =
                nodes.stream().mapToObj(i -> wiring.nodes().get(i).id()).toList();
        return names.size() <= 10 ? names.toString() : names.subList(0, 10) + " and " + (names.size() - 10) + " more";
    }
}
