package dev.datastudio.graph.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.channel.Channel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds everything that is wrong with a definition, not only the first thing. */
final class DefinitionCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String NAME_RULE =
            "Use 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit";

    private final Definition definition;
    private final ChannelTable table;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private DefinitionCheck(Definition definition, ChannelTable table) {
        this.definition = definition;
        this.table = table;
    }

    static List<Problem> problems(Definition definition, ChannelTable table) {
        DefinitionCheck check = new DefinitionCheck(definition, table);
        check.head();
        check.channels();
        check.records();
        check.nodes();
        check.edges();
        check.fanOuts();
        check.problems.addAll(OptionCheck.problems(definition, table, check.names));
        check.paths();
        return check.problems;
    }

    private void add(String what, String mend) {
        problems.add(new Problem(what, mend));
    }

    private void head() {
        if (!NAME.matcher(definition.name).matches()) {
            add("The name of the graph is '" + definition.name + "'", NAME_RULE);
        }
        if (definition.version < 1) {
            add("The version of the graph is " + definition.version, "Use 1 or more");
        }
        if (definition.maxSteps < 1) {
            add("The limit of super-steps is " + definition.maxSteps, "Give maxSteps 1 or more");
        }
    }

    private void channels() {
        Set<String> seen = new HashSet<>();
        for (Channel<?> channel : definition.channels) {
            if (!seen.add(channel.name())) {
                add("Two channels are named '" + channel.name() + "'", "Give each channel its own name");
            }
        }
    }

    private void records() {
        Class<?> input = definition.input;
        if (input == null) {
            add("The graph has no input type", "Call input(...) with a record; it may have no components");
        } else {
            problems.addAll(RecordShape.inputProblems(input, table));
        }
        Class<?> output = definition.output;
        if (output == null) {
            add("The graph has no output type", "Call output(...) with a record; it may have no components");
        } else {
            problems.addAll(RecordShape.outputProblems(output, table));
        }
    }

    private void nodes() {
        for (Definition.Node node : definition.nodes) {
            String name = node.name();
            if (isReserved(name)) {
                add("Node name '" + name + "' is reserved", "Give the node another name");
            } else if (!NAME.matcher(name).matches()) {
                add("Node name '" + name + "' is not allowed", NAME_RULE);
            } else if (!names.add(name)) {
                add("Two nodes are named '" + name + "'", "Give each node its own name");
            }
        }
        if (definition.nodes.isEmpty()) {
            add("The graph has no node", "Add one with node(name, function)");
        }
    }

    private static boolean isReserved(String name) {
        return name.equals(Graph.START) || name.equals(Graph.END);
    }

    private void edges() {
        Set<Object> seen = new HashSet<>();
        for (Definition.Edge edge : definition.edges) {
            source(edge);
            if (edge.targets().isEmpty()) {
                add("The route from '" + edge.from() + "' has no target", "Name at least one node, or Graph.END");
            }
            edge.targets().forEach(target -> target(edge, target));
            if (edge instanceof Definition.Always && !seen.add(edge)) {
                add("The edge from '" + edge.from() + "' to " + edge.targets() + " is there twice", "Remove one");
            }
        }
    }

    private void source(Definition.Edge edge) {
        if (edge.from().equals(Graph.END)) {
            add("An edge leads from END to " + edge.targets(), "Begin it at a node, or at Graph.START");
        } else if (!edge.from().equals(Graph.START) && !names.contains(edge.from())) {
            add("An edge leads from '" + edge.from() + "', which is not a node", "Use one of " + names);
        }
    }

    private void target(Definition.Edge edge, String target) {
        if (target.equals(Graph.START)) {
            add("An edge leads from '" + edge.from() + "' to START", "Lead it to the first node of the loop");
        } else if (target.equals(Graph.END) && edge instanceof Definition.FanOut) {
            add("A fan-out leads from '" + edge.from() + "' to END", "Lead it to the node that works on each item");
        } else if (!target.equals(Graph.END) && !names.contains(target)) {
            add(
                    "An edge leads from '" + edge.from() + "' to '" + target + "', which is not a node",
                    "Use one of " + names);
        }
    }

    private void fanOuts() {
        Set<String> perItem = new HashSet<>();
        for (Definition.Edge edge : definition.edges) {
            if (edge instanceof Definition.FanOut fanOut && names.contains(fanOut.to())) {
                perItem.add(fanOut.to());
            }
        }
        for (Definition.Edge edge : definition.edges) {
            if (!(edge instanceof Definition.FanOut)) {
                for (String target : edge.targets()) {
                    if (perItem.contains(target)) {
                        add(
                                "Node '" + target + "' is reached by a fan-out and from '" + edge.from()
                                        + "', where it would have no item",
                                "Reach it by fan-outs only, or add a second node with the same function");
                    }
                }
            }
        }
    }

    private void paths() {
        Flow flow = new Flow(definition);
        if (!flow.leadsAnywhere(flow.start())) {
            add("No edge leads from START", "Add edge(Graph.START, …) to the first node");
            return;
        }
        BitSet reachable = flow.reachable();
        BitSet ending = flow.leadingToEnd();
        for (String name : names) {
            int node = flow.number(name).orElseThrow();
            if (!reachable.get(node)) {
                add("Node '" + name + "' can't be reached from START", "Add an edge to it, or remove it");
            }
            if (!flow.leadsAnywhere(node)) {
                add("Node '" + name + "' leads nowhere", "Add edge(\"" + name + "\", Graph.END) or a further edge");
            } else if (!ending.get(node)) {
                add(
                        "Node '" + name + "' has no path to END",
                        "Give one of the nodes after it an edge or a route to Graph.END");
            }
        }
    }
}
