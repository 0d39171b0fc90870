package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.NodeType.Role;
import dev.datastudio.graph.json.NodeWatcher;
import dev.datastudio.graph.json.NodeWork;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a graph of the engine from a wiring without problems, by the public builder.
 *
 * <p>A saved node becomes a node of its id. One that runs another graph becomes three: {@code id} gathers its inputs,
 * {@code id.graph} (or {@code id.item} for each element of a map) runs the graph, {@code id.results} gives the outputs.
 */
public final class Compilation implements NodeCalls.Channels {
    private static final LastChannel<String> INPUTS = Channel.last("inputs", String.class);
    private static final ReduceChannel<String> OUTPUTS =
            Channel.reduce("outputs", String.class, "{}", Compilation::merged);
    public static final AppendChannel<String> SKIPPED = Channel.append("skipped", String.class);
    private static final int MAX_NAME = 64;

    private final Wiring wiring;
    private final NodeWatcher watcher;
    private final Map<Wiring, Graph<GraphInput, GraphOutput>> compiled;
    private final Map<String, LastChannel<PortValue>> channels = new LinkedHashMap<>();
    private final Set<String> channelNames = new HashSet<>();
    private final List<Channel<?>> all = new ArrayList<>(List.of(INPUTS, OUTPUTS, SKIPPED));
    private final GraphBuilder<GraphInput, GraphOutput> builder;
    private final List<List<WiredEdge>> incoming = new ArrayList<>();

    private Compilation(Wiring wiring, NodeWatcher watcher, Map<Wiring, Graph<GraphInput, GraphOutput>> compiled) {
        this.wiring = wiring;
        this.watcher = watcher;
        this.compiled = compiled;
        this.builder = Graph.define(name(wiring), wiring.graph().version())
                .input(GraphInput.class)
                .output(GraphOutput.class);
    }

    /** The graph of a wiring that can run. */
    public static Graph<GraphInput, GraphOutput> of(Wiring wiring, NodeWatcher watcher) {
        return new Compilation(wiring, watcher, new IdentityHashMap<>()).graph();
    }

    private static Graph<GraphInput, GraphOutput> inner(
            Wiring wiring, NodeWatcher watcher, Map<Wiring, Graph<GraphInput, GraphOutput>> compiled) {
        Graph<GraphInput, GraphOutput> known = compiled.get(wiring);
        if (known == null) {
            known = new Compilation(wiring, watcher, compiled).graph();
            compiled.put(wiring, known);
        }
        return known;
    }

    /** The name of the engine's graph: the saved name or id in the characters that the engine takes. */
    private static String name(Wiring wiring) {
        String given = wiring.graph().id().orElse(wiring.graph().name());
        String name = given.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "saved-graph" : name.substring(0, Math.min(MAX_NAME, name.length()));
    }

    private Graph<GraphInput, GraphOutput> graph() {
        for (WiredNode node : wiring.nodes()) {
            incoming.add(new ArrayList<>());
            node.outputs().keySet().forEach(output -> channel(node, output));
        }
        wiring.edges().forEach(edge -> incoming.get(edge.target().index()).add(edge));
        wiring.nodes().forEach(this::node);
        wiring.nodes().forEach(this::waysOn);
        wiring.graph().maxSteps().ifPresent(builder::maxSteps);
        return builder.channels(all.toArray(Channel<?>[]::new)).build();
    }

    @Override
    public LastChannel<PortValue> of(WiredNode node, String output) {
        return Objects.requireNonNull(channels.get(node.index() + "/" + output));
    }

    @Override
    public AppendChannel<String> skipped() {
        return SKIPPED;
    }

    private void channel(WiredNode node, String output) {
        LastChannel<PortValue> channel = Channel.last(channelName(node, output), PortValue.class, PortValue.NEVER);
        channels.put(node.index() + "/" + output, channel);
        all.add(channel);
    }

    /** Made of the ids, not of positions, so that a stored run finds its values again when nodes are moved or added. */
    private String channelName(WiredNode node, String part) {
        String plain = ("v_" + node.id() + "_" + part).replaceAll("[^A-Za-z0-9_]", "_");
        String name = plain.substring(0, Math.min(MAX_NAME - 4, plain.length()));
        for (int i = 2; !channelNames.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = plain.substring(0, Math.min(MAX_NAME - 4, plain.length())) + "_" + i;
        }
        return name;
    }

    private void node(WiredNode node) {
        if (node.is(Role.SUBGRAPH)) {
            new InnerGraph(node).subgraph();
        } else if (node.is(Role.MAP)) {
            new InnerGraph(node).map();
        } else {
            builder.node(node.id(), function(node), options -> node.options());
        }
    }

    private NodeCalls calls(WiredNode node) {
        return new NodeCalls(node, incoming.get(node.index()), this);
    }

    private NodeFunction function(WiredNode node) {
        NodeCalls calls = calls(node);
        NodeWork work = node.type().orElseThrow().work(node.config());
        return (view, context) -> {
            try {
                Optional<Values> arrived = calls.arrived(view);
                if (arrived.isEmpty()) {
                    return calls.skipped(context);
                }
                Values inputs = node.is(Role.INPUT) ? given(node, view) : arrived.get();
                watcher.began(context, node.id(), inputs);
                Values given = work.run(inputs, context);
                watcher.gave(context, node.id(), given);
                return node.is(Role.OUTPUT) ? output(node, given) : calls.gave(given, context);
            } catch (Exception e) {
                throw calls.failure(e, context);
            }
        };
    }

    private static Values given(WiredNode node, View view) {
        Values inputs = PortValue.object(view.get(INPUTS));
        return inputs.has(node.name())
                ? Values.of(Collections.singletonMap("given", inputs.all().get(node.name())))
                : Values.none();
    }

    private static Update output(WiredNode node, Values given) {
        return Update.of(OUTPUTS.add(
                Values.of(Collections.singletonMap(node.name(), given.all().get("value")))
                        .toJson()));
    }

    private static String merged(String held, String added) {
        Map<String, @Nullable Object> all =
                new LinkedHashMap<>(PortValue.object(held).all());
        all.putAll(PortValue.object(added).all());
        return Values.of(all).toJson();
    }

    private void waysOn(WiredNode node) {
        String last = node.inner().isPresent() ? node.id() + ".results" : node.id();
        if (incoming.get(node.index()).isEmpty()) {
            builder.edge(Graph.START, node.id());
        }
        Set<String> plain = new LinkedHashSet<>();
        Map<String, Set<String>> branches = new LinkedHashMap<>();
        for (WiredEdge edge : wiring.edges()) {
            if (edge.source().index() == node.index()) {
                Set<String> targets = edge.isBranch()
                        ? branches.computeIfAbsent(edge.output().name(), output -> new LinkedHashSet<>())
                        : plain;
                targets.add(edge.target().id());
            }
        }
        if (plain.isEmpty() && branches.isEmpty()) {
            plain.add(Graph.END);
        }
        plain.forEach(target -> builder.edge(last, target));
        branches.forEach((output, targets) -> {
            LastChannel<PortValue> channel = of(node, output);
            builder.when(
                    last,
                    Route.on(view -> view.get(channel).isPresent())
                            .then(targets.toArray(String[]::new))
                            .otherwise(Graph.END));
        });
    }

    /** The three nodes of one that runs another graph. */
    private final class InnerGraph {
        private final WiredNode node;
        private final NodeCalls calls;
        private final Wiring inner;
        private final Graph<GraphInput, GraphOutput> graph;
        private final LastChannel<PortValue> gathered;

        InnerGraph(WiredNode node) {
            this.node = node;
            this.calls = calls(node);
            this.inner = node.inner().orElseThrow();
            this.graph = Compilation.inner(inner, watcher.inside(), compiled);
            this.gathered = Channel.last(channelName(node, "gathered"), PortValue.class, PortValue.NEVER);
            all.add(gathered);
            builder.node(node.id(), this::gather);
        }

        /** Holds the inputs for the graph; nothing when the node is skipped. */
        private Update gather(View view, NodeContext context) {
            Optional<Values> arrived = calls.arrived(view);
            arrived.ifPresent(inputs -> watcher.began(context, node.id(), inputs));
            return arrived.isPresent()
                    ? Update.of(gathered.set(
                            PortValue.of(context.superStep(), arrived.get().all())))
                    : Update.of(gathered.set(PortValue.absent(context.superStep())), SKIPPED.add(node.id()));
        }

        private Values gathered(View view) {
            return PortValue.object(view.get(gathered).text());
        }

        void subgraph() {
            LastChannel<PortValue> result = Channel.last(channelName(node, "result"), PortValue.class, PortValue.NEVER);
            all.add(result);
            String run = node.id() + ".graph";
            String end = node.id() + ".results";
            builder.subgraph(
                            run,
                            graph,
                            Mapping.<GraphInput, GraphOutput>of(
                                    (view, context) ->
                                            new GraphInput(view.get(gathered).text()),
                                    output -> Update.of(
                                            result.set(new PortValue(1, PortValue.Form.JSON, output.outputs())))),
                            options -> node.options())
                    .node(
                            end,
                            (view, context) -> view.get(gathered).isPresent()
                                    ? gave(PortValue.object(view.get(result).text()), context)
                                    : calls.gaveNothing(context))
                    .when(
                            node.id(),
                            Route.on(view -> view.get(gathered).isPresent())
                                    .then(run)
                                    .otherwise(end))
                    .edge(run, end);
        }

        void map() {
            AppendChannel<PortValue> results = Channel.append(channelName(node, "results"), PortValue.class);
            all.add(results);
            String run = node.id() + ".item";
            String end = node.id() + ".results";
            String item = itemInput();
            builder.types(PortValue.class)
                    .fanOut(node.id(), this::items, run)
                    .subgraph(
                            run,
                            graph,
                            Mapping.<GraphInput, GraphOutput>of(
                                    (view, context) -> input(view, item, context.input(PortValue.class)),
                                    output -> Update.of(
                                            results.add(new PortValue(1, PortValue.Form.JSON, result(output))))),
                            options -> node.options())
                    .node(end, (view, context) -> collected(view, results, context))
                    .edge(run, end);
        }

        private String itemInput() {
            return node.config()
                    .find("itemInput")
                    .map(String::valueOf)
                    .orElseGet(() -> inner.inputPorts().stream()
                            .map(port -> port.name())
                            .filter(name -> !node.inputs().containsKey(name))
                            .findFirst()
                            .orElse(MapNodes.ITEMS));
        }

        private List<PortValue> items(View view) {
            if (!view.get(gathered).isPresent()) {
                return List.of();
            }
            List<PortValue> items = new ArrayList<>();
            gathered(view).list(MapNodes.ITEMS).forEach(each -> items.add(PortValue.of(1, each)));
            return items;
        }

        private GraphInput input(View view, String item, PortValue value) {
            Map<String, @Nullable Object> inputs =
                    new LinkedHashMap<>(gathered(view).all());
            inputs.remove(MapNodes.ITEMS);
            inputs.put(item, value.value());
            return GraphInput.of(inputs);
        }

        /** The only output, or the one chosen, or an object of all. */
        private String result(GraphOutput output) {
            Values values = output.values();
            List<WiredNode> outputs = inner.nodes(Role.OUTPUT);
            Optional<String> chosen = node.config()
                    .find("output")
                    .map(String::valueOf)
                    .or(() -> outputs.size() == 1 ? Optional.of(outputs.get(0).name()) : Optional.empty());
            return chosen.map(name -> JsonWriter.line(values.all().get(name))).orElse(output.outputs());
        }

        private Update collected(View view, AppendChannel<PortValue> results, NodeContext context) {
            if (!view.get(gathered).isPresent()) {
                return calls.gaveNothing(context);
            }
            int count = gathered(view).list(MapNodes.ITEMS).size();
            List<PortValue> done = view.get(results);
            List<@Nullable Object> latest = new ArrayList<>();
            done.subList(done.size() - count, done.size()).forEach(result -> latest.add(result.value()));
            return gave(Values.of(Map.of(MapNodes.RESULTS, latest)), context);
        }

        private Update gave(Values outputs, NodeContext context) {
            watcher.gave(context, node.id(), outputs);
            return calls.gave(outputs, context);
        }
    }
}
