package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.GraphProblem.Kind;
import dev.datastudio.graph.json.GraphResolver;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeType.Role;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what the nodes of a graph, and of the graphs that it runs, mean. Used by one thread for one check; a graph that
 * several nodes name is looked up once.
 */
final class Lookup {
    private static final int MAX_NESTING = 16;

    private final NodeTypes types;
    private final GraphResolver resolver;
    private final Map<String, Optional<Wiring>> known = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private int depth;

    Lookup(NodeTypes types, GraphResolver resolver, Optional<String> id) {
        this.types = types;
        this.resolver = resolver;
        id.ifPresent(path::add);
    }

    WiredNode node(int index, SavedNode saved, List<GraphProblem> problems) {
        OneNode one = new OneNode(index, saved, problems);
        NodeOptions options = one.options();
        Optional<NodeType> type = one.type();
        Optional<Values> config = type.flatMap(one::config);
        if (type.isEmpty() || config.isEmpty()) {
            return one.wired(type, saved.config(), options, Optional.empty(), Optional.empty());
        }
        boolean runsGraph = type.get().role() == Role.SUBGRAPH || type.get().role() == Role.MAP;
        Optional<Wiring> inner = runsGraph ? one.inner(config.get()) : Optional.empty();
        Optional<WiredNode.Ports> ports = runsGraph
                ? inner.flatMap(graph -> one.portsOf(type.get(), config.get(), graph))
                : one.ports(type.get(), config.get());
        return one.wired(type, config.get(), options, ports, inner);
    }

    /** The checks of one node. */
    private final class OneNode {
        private final int index;
        private final SavedNode saved;
        private final List<GraphProblem> problems;
        private final String shown;

        OneNode(int index, SavedNode saved, List<GraphProblem> problems) {
            this.index = index;
            this.saved = saved;
            this.problems = problems;
            this.shown = "'" + saved.id() + "'"
                    + saved.title().map(title -> " ('" + title + "')").orElse("");
        }

        WiredNode wired(
                Optional<NodeType> type,
                Values config,
                NodeOptions options,
                Optional<WiredNode.Ports> ports,
                Optional<Wiring> inner) {
            return new WiredNode(index, saved, type, config, options, ports, inner);
        }

        private void add(Kind kind, String place, String what, String mend) {
            problems.add(new GraphProblem(kind, saved.id(), "/nodes/" + index + place, what, mend));
        }

        private void addAll(String place, List<Problem> found) {
            for (Problem problem : found) {
                int space = problem.what().indexOf(' ');
                String inner = problem.what().substring(0, Math.max(0, space));
                String what = problem.what().substring(space + 1);
                String subject = inner.isEmpty() ? "The configuration" : "'" + inner.substring(1) + "'";
                add(Kind.CONFIG_INVALID, place + inner, subject + " of node " + shown + " " + what, problem.mend());
            }
        }

        NodeOptions options() {
            List<Problem> found = NodeSettings.problems(saved.data());
            addAll("/data", found);
            return found.isEmpty() ? NodeSettings.options(saved.data()) : NodeOptions.defaults();
        }

        Optional<NodeType> type() {
            Optional<NodeType> type = types.find(saved.type());
            if (type.isEmpty()) {
                List<String> ids = types.all().stream().map(NodeType::id).toList();
                String nearest = Nearest.of(saved.type(), ids)
                        .map(id -> "; '" + id + "' is the nearest")
                        .orElse("");
                add(
                        Kind.NODE_TYPE_UNKNOWN,
                        "/type",
                        "Node " + shown + " is of type '" + saved.type() + "', which is not registered",
                        "Use one of " + ids + nearest + ", or add the module that brings the type");
            }
            return type;
        }

        /** The configuration for the present version of the type, when it is right. */
        Optional<Values> config(NodeType type) {
            Optional<Values> migrated = migrated(type);
            if (migrated.isEmpty()) {
                return migrated;
            }
            List<Problem> found = type.problems(migrated.get());
            addAll("/data/config", found);
            return found.isEmpty() ? migrated : Optional.empty();
        }

        private Optional<Values> migrated(NodeType type) {
            if (saved.typeVersion() > type.version()) {
                add(
                        Kind.NODE_VERSION_NEWER,
                        "/typeVersion",
                        "Node " + shown + " was saved with version " + saved.typeVersion() + " of '" + type.id()
                                + "', registered is " + type.version(),
                        "Update the module that brings the type");
                return Optional.empty();
            }
            Values config = saved.config();
            List<String> steps = new ArrayList<>(List.of(String.valueOf(saved.typeVersion())));
            for (int version = saved.typeVersion(); version < type.version(); version++) {
                Optional<Values> next = migrated(type, version, config);
                if (next.isEmpty()) {
                    return next;
                }
                config = next.get();
                steps.add(String.valueOf(version + 1));
            }
            if (steps.size() > 1) {
                add(
                        Kind.NODE_MIGRATED,
                        "/typeVersion",
                        "Node " + shown + " was saved with version " + saved.typeVersion() + " of '" + type.id()
                                + "' and is migrated " + String.join(" to ", steps),
                        "Save the graph to keep this");
            }
            return Optional.of(config);
        }

        private Optional<Values> migrated(NodeType type, int version, Values config) {
            try {
                Optional<Values> next = type.migrated(version, config);
                if (next.isEmpty()) {
                    add(
                            Kind.NODE_VERSION_STRANDED,
                            "/typeVersion",
                            "Node " + shown + " was saved with version " + saved.typeVersion() + " of '" + type.id()
                                    + "', and there is no migration from " + version + " to " + (version + 1),
                            "Make the node again, or add that migration to the type");
                }
                return next;
            } catch (StudioException | IllegalArgumentException e) {
                add(
                        Kind.CONFIG_INVALID,
                        "/data/config",
                        "The configuration of node " + shown + " can't be migrated from version " + version + " of '"
                                + type.id() + "': " + StudioException.quote(e.getMessage()),
                        "Mend it as that version wants it, or make the node again");
                return Optional.empty();
            }
        }

        Optional<WiredNode.Ports> ports(NodeType type, Values config) {
            return Optional.of(WiredNode.Ports.of(type.inputs(config), type.outputs(config)));
        }

        /** The graph that the node runs, when it is there and can run. */
        Optional<Wiring> inner(Values config) {
            if (depth >= MAX_NESTING) {
                add(
                        Kind.LIMIT,
                        "/data/config",
                        "Node " + shown + " runs a graph within more than " + MAX_NESTING + " others",
                        "Nest graphs less deeply");
                return Optional.empty();
            }
            return config.has("graphId") ? named(config.text("graphId")) : embedded(config);
        }

        private Optional<Wiring> named(String id) {
            if (path.contains(id)) {
                add(
                        Kind.SUBGRAPH_RECURSIVE,
                        "/data/config/graphId",
                        "Node " + shown + " would run graph '" + id + "' within itself, by " + path,
                        "Use a condition and an edge back for a loop, or another graph");
                return Optional.empty();
            }
            Optional<Wiring> found = known.get(id);
            if (found == null) {
                path.add(id);
                found = resolver.find(id).map(this::wired);
                path.remove(path.size() - 1);
                known.put(id, found);
            }
            if (found.isEmpty()) {
                add(
                        Kind.SUBGRAPH_MISSING,
                        "/data/config/graphId",
                        "Node " + shown + " runs graph '" + id + "', which is not there",
                        "Import that graph, or choose another");
            }
            found.ifPresent(wiring -> take(wiring, "", ", in graph '" + id + "'"));
            return found.filter(Wiring::canRun);
        }

        private Optional<Wiring> embedded(Values config) {
            try {
                Wiring wiring = wired(SavedGraph.from(config.object("graph")));
                take(wiring, "/data/config/graph", "");
                return Optional.of(wiring).filter(Wiring::canRun);
            } catch (StudioException e) {
                add(Kind.CONFIG_INVALID, "/data/config/graph", "In node " + shown + ": " + e.what(), e.mend());
                return Optional.empty();
            }
        }

        private Wiring wired(SavedGraph graph) {
            depth++;
            Wiring wiring = Wiring.of(graph, Lookup.this);
            depth--;
            return wiring;
        }

        private void take(Wiring wiring, String place, String where) {
            for (GraphProblem problem : wiring.problems()) {
                String inside = place.isEmpty() ? "" : place + problem.place();
                add(problem.kind(), inside, "In node " + shown + where + ": " + problem.what(), problem.mend());
            }
        }

        Optional<WiredNode.Ports> portsOf(NodeType type, Values config, Wiring inner) {
            List<Port> inputs = inner.inputPorts();
            List<Port> outputs = inner.outputPorts();
            if (type.role() == Role.SUBGRAPH) {
                return Optional.of(WiredNode.Ports.of(inputs, outputs));
            }
            Optional<String> item = chosen(
                    "itemInput",
                    config,
                    inputs.stream()
                            .sorted(Comparator.comparing(port -> port.presence() != Port.Presence.REQUIRED))
                            .toList(),
                    inputs.size() == 1 || required(inputs) == 1);
            boolean outputFits = !config.has("output")
                    || chosen("output", config, outputs, true).isPresent();
            if (item.isEmpty() || !outputFits) {
                return Optional.empty();
            }
            return mapPorts(inputs, item.get());
        }

        private long required(List<Port> inputs) {
            return inputs.stream()
                    .filter(port -> port.presence() == Port.Presence.REQUIRED)
                    .count();
        }

        private Optional<WiredNode.Ports> mapPorts(List<Port> inputs, String item) {
            List<Port> all = new ArrayList<>();
            for (Port port : inputs) {
                if (port.name().equals(item)) {
                    all.add(0, Port.required(MapNodes.ITEMS, PortType.listOf(port.type())));
                } else if (port.name().equals(MapNodes.ITEMS)) {
                    add(
                            Kind.CONFIG_INVALID,
                            "/data/config",
                            "The graph of node " + shown + " has an input '" + MapNodes.ITEMS
                                    + "' beside the one for each element",
                            "Give that input another name, or choose it as 'itemInput'");
                    return Optional.empty();
                } else {
                    all.add(port);
                }
            }
            return Optional.of(
                    WiredNode.Ports.of(all, List.of(Port.required(MapNodes.RESULTS, PortType.listOf(PortType.ANY)))));
        }

        /** A port that the configuration names; the first when it names none and there is no choice. */
        private Optional<String> chosen(String member, Values config, List<Port> ports, boolean oneOnly) {
            List<String> names = ports.stream().map(Port::name).toList();
            Optional<String> name = config.find(member).map(String::valueOf);
            if (name.isPresent() && names.contains(name.get())) {
                return name;
            }
            if (name.isEmpty() && oneOnly && !names.isEmpty()) {
                return Optional.of(names.get(0));
            }
            add(
                    Kind.CONFIG_INVALID,
                    "/data/config/" + member,
                    "'" + member + "' of node " + shown
                            + name.map(text -> " is '" + text + "', which its graph has not")
                                    .orElse(" is not given"),
                    names.isEmpty() ? "Give the graph an input" : "Use one of " + names);
            return Optional.empty();
        }
    }
}
