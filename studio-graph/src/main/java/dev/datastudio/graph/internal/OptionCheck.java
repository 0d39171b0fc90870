package dev.datastudio.graph.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.policy.Join;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what is wrong with joins, deferred nodes, error nodes, sub-graphs and migrations. */
final class OptionCheck {
    private final Definition definition;
    private final ChannelTable table;
    private final Set<String> names;
    private final Flow flow;
    private final Set<String> perItem = new HashSet<>();
    private final Set<String> perError = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private OptionCheck(Definition definition, ChannelTable table, Set<String> names) {
        this.definition = definition;
        this.table = table;
        this.names = names;
        this.flow = new Flow(definition);
        for (Definition.Edge edge : definition.edges) {
            if (edge instanceof Definition.FanOut fanOut) {
                perItem.add(fanOut.to());
            }
        }
        for (Definition.Node node : definition.nodes) {
            Optional<String> target = node.options().onError();
            if (target.isPresent() && !target.get().equals(node.name())) {
                perError.add(target.get());
            }
        }
    }

    /** @param names of the nodes that are rightly named */
    static List<Problem> problems(Definition definition, ChannelTable table, Set<String> names) {
        OptionCheck check = new OptionCheck(definition, table, names);
        for (Definition.Node node : definition.nodes) {
            if (node.options().onError().isPresent()) {
                check.onError(node.name(), node.options().onError().get());
            }
            check.deferred(node);
            check.join(node);
            check.subgraph(node);
        }
        check.errorNodes();
        check.migrations();
        return check.problems;
    }

    private void add(String what, String mend) {
        problems.add(new Problem(what, mend));
    }

    private void onError(String node, String target) {
        if (target.equals(node)) {
            add("Node '" + node + "' goes on at itself on errors", "Name another node, or try it again by retry(...)");
        } else if (target.equals(Graph.START) || target.equals(Graph.END)) {
            add(
                    "Node '" + node + "' goes on at " + (target.equals(Graph.END) ? "END" : "START") + " on errors",
                    "Name a node that nothing but errors lead to; it may lead anywhere itself");
        } else if (!names.contains(target)) {
            add(
                    "Node '" + node + "' goes on at '" + target + "' on errors, which is not a node",
                    "Use one of " + names);
        }
    }

    private void errorNodes() {
        for (Definition.Edge edge : definition.edges) {
            for (String target : edge.targets()) {
                if (perError.contains(target) && names.contains(target)) {
                    add(
                            "Node '" + target + "' is reached by errors and from '" + edge.from()
                                    + "', where it would have no failure to read",
                            "Reach it by errors only, or add a second node with the same function");
                }
            }
        }
    }

    /** Whoever runs later than it was reached would need its items and failures kept, and they would be out of date. */
    private void deferred(Definition.Node node) {
        if (!node.options().isDeferred()) {
            return;
        }
        if (perItem.contains(node.name())) {
            add(
                    "Node '" + node.name() + "' is deferred and reached by a fan-out",
                    "Defer the node that the fan-out leads from, or one after it");
        }
        if (perError.contains(node.name())) {
            add("Node '" + node.name() + "' is deferred and reached by errors", "Let it lead to a deferred node");
        }
        if (node.options().join().kind() != Join.Kind.ALL) {
            add(
                    "Node '" + node.name() + "' is deferred and joins by "
                            + described(node.options().join()),
                    "Remove one of both: a deferred node waits for everything");
        }
    }

    private void join(Definition.Node node) {
        Join join = node.options().join();
        if (join.kind() == Join.Kind.ALL || !names.contains(node.name())) {
            return;
        }
        String what = "Node '" + node.name() + "' joins by " + described(join);
        int number = flow.number(node.name()).orElseThrow();
        if (perItem.contains(node.name()) || perError.contains(node.name())) {
            String each = perItem.contains(node.name()) ? "item of a fan-out" : "failure";
            add(what + ", but has a task for each " + each, "Give the join to a node after it");
            return;
        }
        if (!flow.isMetBySeveral(number)) {
            add(what + ", but only one task can arrive", "Remove the join, or lead further branches to the node");
        } else {
            flow.mostArrivals(number).stream()
                    .filter(most -> most < join.count())
                    .forEach(most -> {
                        add(
                                what + ", but at most " + most + " tasks can arrive",
                                "Use a quorum of " + most + " or less");
                    });
        }
        if (join.rest() == Join.Rest.GO_ON && flow.isInLoop(number)) {
            add(
                    what + " in a loop, where late branches of one round would count in the next",
                    "Add cancelRest() to the join");
        }
    }

    private static String described(Join join) {
        return join.kind() == Join.Kind.QUORUM
                ? "quorum(" + join.count() + ")"
                : join.kind().name().toLowerCase(Locale.ROOT) + "()";
    }

    private void subgraph(Definition.Node node) {
        if (!(node.body() instanceof Definition.Body.Sub sub)) {
            return;
        }
        if (!(sub.graph() instanceof Plan<?, ?> inner)) {
            add(
                    "The sub-graph of node '" + node.name() + "' is a "
                            + sub.graph().getClass().getName(),
                    "Make it by Graph.define(...) and build()");
        } else if (sub.mapping() instanceof Mapping.Shared<?, ?>) {
            problems.addAll(Sharing.problems(node.name(), table, inner));
        }
    }

    private void migrations() {
        TreeSet<Integer> from = new TreeSet<>();
        for (Definition.Migration migration : definition.migrations) {
            int version = migration.fromVersion();
            if (version < 1 || version >= definition.version) {
                add(
                        "A migration begins at version " + version + ", but the graph has version "
                                + definition.version,
                        definition.version > 1
                                ? "Use 1 to " + (definition.version - 1) + ", or raise the version of the graph"
                                : "Raise the version of the graph");
            } else if (!from.add(version)) {
                add("Two migrations begin at version " + version, "Put both changes into one");
            }
        }
        for (int version = from.isEmpty() ? definition.version : from.first();
                version < definition.version;
                version++) {
            if (!from.contains(version)) {
                add(
                        "No migration begins at version " + version + ", though one begins at version " + from.first(),
                        "Add migrate(" + version + ", …), which may do nothing");
            }
        }
    }
}
