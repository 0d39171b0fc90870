package dev.datastudio.graph.internal;

import dev.datastudio.graph.Graph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Which node may lead to which, by number: the nodes in their order, then START, then END. Edges that name unknown nodes
 * are left out.
 *
 * <p>{@link #regions} is the rule for joins. The region of a node is every other node from which it can be reached
 * without going through its immediate dominator, that is, the nodes on the branches that parted at the last node which
 * every path from START goes through. While a task of the region is left, a join waits. In a graph whose loops each
 * have one way in, no two joins lie in each other's region, because the loop's head would have to dominate both and yet
 * be avoided; so waiting always ends. Dominators are found by iterating dom(n) = {n} + the intersection of dom(p) over
 * the predecessors p (Allen and Cocke, A Program Data Flow Analysis Procedure, CACM 19(3), 1976).
 *
 * <p>Loops, not streams: this is on the way of the first graph of a process, where each lambda costs about 0.4 ms.
 */
final class Flow {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<BitSet> next = new ArrayList<>();
    private final List<BitSet> previous = new ArrayList<>();
    private final BitSet waysOn = new BitSet();
    private final BitSet several;
    private final int start;
    private final int end;

    Flow(Definition definition) {
        for (Definition.Node node : definition.nodes) {
            numbers.putIfAbsent(node.name(), numbers.size());
        }
        start = numbers.size();
        end = start + 1;
        numbers.put(Graph.START, start);
        numbers.put(Graph.END, end);
        for (int i = 0; i <= end; i++) {
            next.add(new BitSet());
            previous.add(new BitSet());
        }
        for (Definition.Edge edge : definition.edges) {
            for (String target : edge.targets()) {
                connect(edge.from(), target);
            }
        }
        for (int node = 0; node < end; node++) {
            waysOn.set(node, !next.get(node).isEmpty());
        }
        for (Definition.Node node : definition.nodes) {
            if (node.options().onError().isPresent()) {
                connect(node.name(), node.options().onError().get());
            }
        }
        several = several(definition);
    }

    /** The nodes that may have several tasks in one super-step: one for each item, or for each failure. */
    private BitSet several(Definition definition) {
        BitSet found = new BitSet();
        for (Definition.Edge edge : definition.edges) {
            if (edge instanceof Definition.FanOut fanOut) {
                number(fanOut.to()).ifPresent(found::set);
            }
        }
        for (Definition.Node node : definition.nodes) {
            Integer target = numbers.get(node.options().onError().orElse(""));
            if (target != null) {
                found.set(target);
            }
        }
        return found;
    }

    private void connect(String from, String to) {
        Integer source = numbers.get(from);
        Integer target = numbers.get(to);
        if (source != null && target != null) {
            next.get(source).set(target);
            previous.get(target).set(source);
        }
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether a node has a way on beside the one for errors. */
    boolean leadsAnywhere(int node) {
        return waysOn.get(node);
    }

    /** Whether several nodes lead to this one. */
    boolean isJoin(int node) {
        return previous.get(node).cardinality() > 1;
    }

    /** Every node that START leads to, itself included. */
    BitSet reachable() {
        return closure(start, next, -1);
    }

    /** Every node that can lead to END, itself included. */
    BitSet leadingToEnd() {
        return closure(end, previous, -1);
    }

    /** The region of each node, as the class says; all nodes must be reachable. */
    List<BitSet> regions() {
        List<BitSet> dominators = dominators();
        List<BitSet> regions = new ArrayList<>();
        for (int node = 0; node < start; node++) {
            BitSet region = new BitSet();
            if (isJoin(node)) {
                region = closure(node, previous, immediateDominator(node, dominators));
                region.clear(node);
            }
            regions.add(region);
        }
        return regions;
    }

    /**
     * The nodes whose tasks no longer matter within a super-step once a join is certain to go on after it: from them
     * nothing but the join and its region can be reached. Beside nodes of the region these can be a node with several
     * tasks that leads to the join itself, which then is the join's immediate dominator.
     */
    BitSet rest(int join, BitSet region) {
        BitSet candidates = (BitSet) previous.get(join).clone();
        candidates.and(several);
        candidates.or(region);
        candidates.clear(join);
        return filtered(candidates, node -> {
            BitSet reached = closure(node, next, join);
            reached.andNot(region);
            reached.clear(node);
            return reached.isEmpty();
        });
    }

    /** Whether a node can be reached from itself. */
    boolean isInLoop(int node) {
        return next.get(node).stream()
                .anyMatch(following -> closure(following, next, -1).get(node));
    }

    /** How many tasks can arrive at a node between two of its own, if the graph tells. */
    OptionalInt mostArrivals(int join) {
        BitSet before = closure(join, previous, -1);
        before.clear(join);
        boolean repeated = before.intersects(several) || before.stream().anyMatch(node -> isInLoopAround(node, join));
        return repeated
                ? OptionalInt.empty()
                : OptionalInt.of(previous.get(join).cardinality());
    }

    private boolean isInLoopAround(int node, int avoided) {
        BitSet following = (BitSet) next.get(node).clone();
        following.clear(avoided);
        return following.stream().anyMatch(n -> closure(n, next, avoided).get(node));
    }

    /** Whether more than one task can arrive at a node in one round. */
    boolean isMetBySeveral(int node) {
        return isJoin(node) || previous.get(node).intersects(several);
    }

    private static BitSet filtered(BitSet nodes, IntPredicate test) {
        BitSet found = new BitSet();
        nodes.stream().filter(test).forEach(found::set);
        return found;
    }

    private List<BitSet> dominators() {
        List<BitSet> dominators = new ArrayList<>();
        for (int node = 0; node <= end; node++) {
            BitSet all = new BitSet();
            if (node == start) {
                all.set(start);
            } else {
                all.set(0, end + 1);
            }
            dominators.add(all);
        }
        List<Integer> order = breadthFirst();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int node : order) {
                changed |= narrow(node, dominators);
            }
        }
        return dominators;
    }

    private boolean narrow(int node, List<BitSet> dominators) {
        if (node == start) {
            return false;
        }
        BitSet narrowed = (BitSet) dominators.get(node).clone();
        BitSet before = previous.get(node);
        for (int p = before.nextSetBit(0); p >= 0; p = before.nextSetBit(p + 1)) {
            narrowed.and(dominators.get(p));
        }
        narrowed.set(node);
        return !narrowed.equals(dominators.set(node, narrowed));
    }

    /** The dominators of a node form a chain, so the nearest has the most dominators itself. */
    private static int immediateDominator(int node, List<BitSet> dominators) {
        BitSet chain = dominators.get(node);
        int nearest = -1;
        int most = 0;
        for (int d = chain.nextSetBit(0); d >= 0; d = chain.nextSetBit(d + 1)) {
            int own = dominators.get(d).cardinality();
            if (d != node && own > most) {
                nearest = d;
                most = own;
            }
        }
        return nearest;
    }

    private List<Integer> breadthFirst() {
        List<Integer> order = new ArrayList<>(List.of(start));
        BitSet seen = new BitSet();
        seen.set(start);
        for (int i = 0; i < order.size(); i++) {
            BitSet fresh = (BitSet) next.get(order.get(i)).clone();
            fresh.andNot(seen);
            for (int n = fresh.nextSetBit(0); n >= 0; n = fresh.nextSetBit(n + 1)) {
                order.add(n);
            }
            seen.or(fresh);
        }
        return order;
    }

    private static BitSet closure(int from, List<BitSet> edges, int avoided) {
        BitSet seen = new BitSet();
        seen.set(from);
        Deque<Integer> open = new ArrayDeque<>();
        open.push(from);
        while (!open.isEmpty()) {
            BitSet fresh = (BitSet) edges.get(open.pop()).clone();
            fresh.andNot(seen);
            if (avoided >= 0) {
                fresh.clear(avoided);
            }
            for (int n = fresh.nextSetBit(0); n >= 0; n = fresh.nextSetBit(n + 1)) {
                open.push(n);
            }
            seen.or(fresh);
        }
        return seen;
    }
}
