package dev.datastudio.graph;

import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.checkpoint.TypeCodec;
import dev.datastudio.graph.internal.Definition;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Collects the parts of a graph, in any order; {@link #build()} checks them all. Not thread-safe.
 *
 * <p>Default: {@link #DEFAULT_MAX_STEPS} super-steps. Everything else must be given.
 */
public final class GraphBuilder<I, O> {
    /** After how many super-steps a run is ended as endless when nothing else was said. */
    public static final int DEFAULT_MAX_STEPS = 1_000;

    private final Definition definition;

    GraphBuilder(String name, int version) {
        this.definition = new Definition(Objects.requireNonNull(name, "name"), version, DEFAULT_MAX_STEPS);
    }

    /** The record a run starts with; each component is the first write to the channel of its name. */
    public <J extends Record> GraphBuilder<J, O> input(Class<J> type) {
        definition.input(Objects.requireNonNull(type, "type"));
        return retyped();
    }

    /** The record a run ends with; each component is read from the channel of its name. */
    public <P extends Record> GraphBuilder<I, P> output(Class<P> type) {
        definition.output(Objects.requireNonNull(type, "type"));
        return retyped();
    }

    /** Adds channels. */
    public GraphBuilder<I, O> channels(Channel<?>... channels) {
        definition.channels(List.of(channels));
        return this;
    }

    /**
     * Adds a node. The order of the nodes decides the order in which the updates of one super-step are applied.
     *
     * @param name 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit; unique
     */
    public GraphBuilder<I, O> node(String name, NodeFunction function) {
        definition.node(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(function, "function"),
                NodeOptions.defaults());
        return this;
    }

    /**
     * Adds a node that is to be done in a certain way.
     *
     * @param options changes the defaults, such as {@code n -> n.retry(Retry.exponential(3))}
     */
    public GraphBuilder<I, O> node(String name, NodeFunction function, UnaryOperator<NodeOptions> options) {
        definition.node(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(function, "function"),
                options.apply(NodeOptions.defaults()));
        return this;
    }

    /** Adds a node that runs another graph. */
    public <A, B> GraphBuilder<I, O> subgraph(String name, Graph<A, B> graph, Mapping<A, B> mapping) {
        return subgraph(name, graph, mapping, UnaryOperator.identity());
    }

    /**
     * Adds a node that runs another graph and is to be done in a certain way. The other graph's super-steps are its own;
     * its events carry this node's name before theirs, and it goes on where it was when the run is resumed.
     */
    public <A, B> GraphBuilder<I, O> subgraph(
            String name, Graph<A, B> graph, Mapping<A, B> mapping, UnaryOperator<NodeOptions> options) {
        definition.subgraph(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(graph, "graph"),
                Objects.requireNonNull(mapping, "mapping"),
                options.apply(NodeOptions.defaults()));
        return this;
    }

    /** Goes on from one node with another, always. Several edges from one node are parallel branches. */
    public GraphBuilder<I, O> edge(String from, String to) {
        definition.edge(from, to);
        return this;
    }

    /** Goes on from a node as a route decides. It may stand beside edges, fan-outs and further routes. */
    public GraphBuilder<I, O> when(String from, Route route) {
        definition.route(from, route);
        return this;
    }

    /**
     * Goes on from a node with one task of another for each item of a list, in parallel; a task reads its item with
     * {@link NodeContext#input}. What follows the other node runs once, after all tasks; after an empty list, at once.
     *
     * @param items called with the state after the super-step, on the thread that drives the run; gives no nulls
     * @param to a node that only fan-outs lead to
     */
    public GraphBuilder<I, O> fanOut(String from, Function<View, ? extends List<?>> items, String to) {
        definition.fanOut(from, Objects.requireNonNull(items, "items"), to);
        return this;
    }

    /**
     * Ends a run as endless after so many super-steps.
     *
     * @param steps at least 1
     */
    public GraphBuilder<I, O> maxSteps(int steps) {
        definition.maxSteps(steps);
        return this;
    }

    /**
     * Types that a stored run may hold beside those of the channels: the items of fan-outs, and what stands in a channel
     * of an interface type. Nothing else is ever read from storage.
     *
     * @param types records, enums, and classes with a simple JSON form
     */
    public GraphBuilder<I, O> types(Class<?>... types) {
        definition.types(List.of(types));
        return this;
    }

    /**
     * Types that a stored run may hold and that have no simple JSON form, with the codecs that write and read them.
     *
     * @param codecs each for a class of its own
     */
    public GraphBuilder<I, O> types(TypeCodec<?>... codecs) {
        definition.typeCodecs(List.of(codecs));
        return this;
    }

    /**
     * Lets runs that an older version of this graph began go on with this one. The migrations from a version to the next
     * are applied one after the other.
     *
     * @param fromVersion at least 1, below the version of this graph
     * @param migration changes the state to the one that version {@code fromVersion + 1} would have
     */
    public GraphBuilder<I, O> migrate(int fromVersion, Consumer<SavedState> migration) {
        definition.migrate(fromVersion, Objects.requireNonNull(migration, "migration"));
        return this;
    }

    /**
     * The graph, when all of it is right.
     *
     * <p>Whether nodes write only to channels of the graph can't be seen here, because what a function returns is known
     * when it runs; such a write fails its node, with the names of both.
     *
     * @throws GraphException with every problem: missing or wrong names, types that differ between a record and its
     *     channel, nodes that can't be reached or have no path to {@link Graph#END}, joins that can't be met, error nodes
     *     that edges lead to, sub-graphs that share nothing, gaps between migrations
     */
    public Graph<I, O> build() {
        return Plan.of(definition);
    }

    @SuppressWarnings("unchecked") // the type parameters only say what the definition holds
    private <J, P> GraphBuilder<J, P> retyped() {
        return (GraphBuilder<J, P>) this;
    }
}
