package dev.datastudio.graph.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphEdge;
import dev.datastudio.graph.GraphException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.SavedState;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.checkpoint.TypeCodec;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A checked graph in the form it is run in. Immutable. */
public final class Plan<I, O> implements Graph<I, O> {
    private static final Definition.Node START_NODE =
            new Definition.Node(START, new Definition.Body.Function(new Nothing()), NodeOptions.defaults());

    private final String name;
    private final int version;
    private final int maxSteps;
    private final Class<I> inputType;
    private final Class<O> outputType;
    private final ChannelTable table;
    private final RecordShape input;
    private final RecordShape output;
    private final List<PlanNode> nodes = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final PlanNode start;
    private final List<Definition.Edge> edges;
    private final BitSet deferred = new BitSet();
    private final BitSet counting = new BitSet();
    private final List<Class<?>> types;
    private final List<TypeCodec<?>> typeCodecs;
    private final Map<Integer, Consumer<SavedState>> migrations = new HashMap<>();
    private volatile @Nullable Object attachment;

    private Plan(Definition definition, ChannelTable table, Class<I> inputType, Class<O> outputType) {
        this.name = definition.name;
        this.version = definition.version;
        this.maxSteps = definition.maxSteps;
        this.inputType = inputType;
        this.outputType = outputType;
        this.table = table;
        this.input = new RecordShape(inputType, table);
        this.output = new RecordShape(outputType, table);
        Flow flow = new Flow(definition);
        List<BitSet> regions = flow.regions();
        this.types = List.copyOf(definition.types);
        this.typeCodecs = List.copyOf(definition.typeCodecs);
        for (Definition.Migration one : definition.migrations) {
            migrations.put(one.fromVersion(), one.change());
        }
        numbers.put(END, PlanNode.END);
        for (Definition.Node node : definition.nodes) {
            numbers.put(node.name(), numbers.size() - 1);
        }
        for (Definition.Node node : definition.nodes) {
            int number = nodes.size();
            BitSet region = regions.get(number);
            boolean cancels = node.options().join().rest() == Join.Rest.CANCEL;
            BitSet rest = cancels ? flow.rest(number, region) : new BitSet();
            nodes.add(new PlanNode(number, node, resolved(node.body()), region, rest, ways(definition, node)));
            deferred.set(number, node.options().isDeferred());
            counting.set(number, nodes.get(number).needed() > 0);
        }
        this.edges = List.copyOf(definition.edges);
        this.start = new PlanNode(
                nodes.size(), START_NODE, START_NODE.body(), new BitSet(), new BitSet(), ways(definition, START_NODE));
    }

    /** A plan that is run in a node of a graph whose channels it shares. */
    private Plan(Plan<I, O> other, ChannelTable table) {
        this.name = other.name;
        this.version = other.version;
        this.maxSteps = other.maxSteps;
        this.inputType = other.inputType;
        this.outputType = other.outputType;
        this.table = table;
        this.input = other.input;
        this.output = other.output;
        this.nodes.addAll(other.nodes);
        this.edges = other.edges;
        this.numbers.putAll(other.numbers);
        this.start = other.start;
        this.types = other.types;
        this.typeCodecs = other.typeCodecs;
        this.migrations.putAll(other.migrations);
        this.deferred.or(other.deferred);
        this.counting.or(other.counting);
    }

    /**
     * The plan of a definition.
     *
     * @throws GraphException with everything that is wrong with it
     */
    @SuppressWarnings("unchecked") // the builder's type parameters say what it was given
    public static <I, O> Plan<I, O> of(Definition definition) {
        ChannelTable table = new ChannelTable(definition.name, definition.channels);
        List<Problem> problems = DefinitionCheck.problems(definition, table);
        if (!problems.isEmpty()) {
            throw new GraphException(definition.name, problems);
        }
        return new Plan<>(definition, table, (Class<I>) Objects.requireNonNull(definition.input), (Class<O>)
                Objects.requireNonNull(definition.output));
    }

    private Definition.Body resolved(Definition.Body body) {
        if (body instanceof Definition.Body.Sub sub
                && sub.graph() instanceof Plan<?, ?> inner
                && sub.mapping() instanceof Mapping.Shared<?, ?>) {
            return new Definition.Body.Shared(new Sharing<>(table, inner));
        }
        return body;
    }

    private PlanNode.Ways ways(Definition definition, Definition.Node node) {
        List<Integer> targets = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        List<PlanNode.FanOut> fanOuts = new ArrayList<>();
        for (Definition.Edge edge : definition.edges) {
            if (!edge.from().equals(node.name())) {
                continue;
            }
            if (edge instanceof Definition.Always always) {
                targets.add(target(always.to()).orElseThrow());
            } else if (edge instanceof Definition.Conditional conditional) {
                routes.add(conditional.route());
            } else if (edge instanceof Definition.FanOut fanOut) {
                fanOuts.add(
                        new PlanNode.FanOut(fanOut.items(), target(fanOut.to()).orElseThrow()));
            } else {
                throw new AssertionError(edge);
            }
        }
        int[] plain = new int[targets.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = targets.get(i);
        }
        Optional<String> onError = node.options().onError();
        return new PlanNode.Ways(
                plain,
                List.copyOf(routes),
                List.copyOf(fanOuts),
                onError.isPresent() ? OptionalInt.of(target(onError.get()).orElseThrow()) : OptionalInt.empty());
    }

    /** This plan on another table, which has the same channels and some behind them. */
    Plan<I, O> on(ChannelTable other) {
        return new Plan<>(this, other);
    }

    ChannelTable table() {
        return table;
    }

    /** What an input changes at the beginning. */
    Update begun(I given) {
        return input.read(given);
    }

    /** The nodes that are put off until nothing else is left. */
    public BitSet deferred() {
        return deferred;
    }

    /** The nodes that count their arrivals. */
    public BitSet counting() {
        return counting;
    }

    /** The number of a node, or {@link PlanNode#END}. */
    public Optional<Integer> target(String node) {
        return Optional.ofNullable(numbers.get(node));
    }

    public PlanNode start() {
        return start;
    }

    public PlanNode node(int number) {
        return nodes.get(number);
    }

    /** The place of a channel in the state. */
    public int place(Channel<?> channel) {
        return table.place(channel);
    }

    /** The state with these values, in the order of the channels; null leaves a channel as it begins. */
    public State restored(@Nullable Object[] values) {
        return table.restored(values);
    }

    /** The place of the channel that takes the same writes as the one at a place, or -1. */
    public int copy(int place) {
        return table.copy(place);
    }

    /** Types that are stored beside those of the channels. */
    public List<Class<?>> types() {
        return types;
    }

    /** Codecs of types that have no JSON form of their own. */
    public List<TypeCodec<?>> typeCodecs() {
        return typeCodecs;
    }

    /** What leads from a version to the next. */
    public Map<Integer, Consumer<SavedState>> migrations() {
        return migrations;
    }

    /** Something that is made from the plan once and kept with it. */
    public Object attached(Function<Plan<?, ?>, Object> maker) {
        Object known = attachment;
        if (known == null) {
            known = maker.apply(this);
            attachment = known;
        }
        return known;
    }

    public State begin(I given) {
        return table.initial().plus(input.read(given));
    }

    /**
     * The plan of a graph.
     *
     * @throws IllegalArgumentException if it was not made by {@link Graph#define}
     */
    public static <I, O> Plan<I, O> from(Graph<I, O> graph) {
        if (graph instanceof Plan<I, O> plan) {
            return plan;
        }
        throw new IllegalArgumentException(
                "graph must be made by Graph.define, was a " + graph.getClass().getName());
    }

    /** The writes that an input makes. */
    public Update inputUpdate(I given) {
        return input.read(given);
    }

    /** The nodes at which a run stops by itself, those of sub-graphs with the name of their node before them. */
    public List<String> interruptedNodes() {
        List<String> stops = new ArrayList<>();
        for (PlanNode node : nodes) {
            if (node.options().isInterruptedBefore() || node.options().isInterruptedAfter()) {
                stops.add(node.name());
            }
            Optional<Plan<?, ?>> inner = node.inner();
            if (inner.isPresent()) {
                for (String one : inner.get().interruptedNodes()) {
                    stops.add(node.name() + "/" + one);
                }
            }
        }
        return stops;
    }

    public O end(State state) {
        return outputType.cast(output.write(state));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public Class<I> inputType() {
        return inputType;
    }

    @Override
    public Class<O> outputType() {
        return outputType;
    }

    @Override
    public List<String> nodes() {
        return nodes.stream().map(PlanNode::name).toList();
    }

    @Override
    public List<GraphEdge> edges() {
        List<GraphEdge> shown = new ArrayList<>();
        edges.forEach(edge -> shown.addAll(edge.shown()));
        for (PlanNode node : nodes) {
            node.options()
                    .onError()
                    .ifPresent(to -> shown.add(new GraphEdge(node.name(), to, GraphEdge.Kind.ON_ERROR, "")));
        }
        return shown;
    }

    @Override
    public List<Channel<?>> channels() {
        return table.channels();
    }

    @Override
    public int maxSteps() {
        return maxSteps;
    }

    /** The body of START, which is never called; not a lambda, which costs a new process two milliseconds here. */
    private static final class Nothing implements NodeFunction {
        @Override
        public Update apply(View view, NodeContext context) {
            return Update.none();
        }
    }

    @Override
    public String toString() {
        return "Graph '" + name + "' version " + version;
    }
}
