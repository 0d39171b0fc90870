package dev.datastudio.graph;

import dev.datastudio.graph.channel.Channel;
import java.util.List;

/**
 * A checked graph of nodes over typed channels, ready to be run by a {@link dev.datastudio.graph.run.Engine}.
 *
 * <p>A run goes in super-steps. All tasks of a step read the same state; their updates are applied together, in task
 * order (nodes in the order of declaration, the tasks of a fan-out in the order of its list); then edges, routes and
 * fan-outs decide on the tasks of the next step. The run ends when no task is left. What order threads ran in never
 * shows in the state.
 *
 * <p>A node that several edges lead to joins them: it runs once, when no branch that is under way can still reach it. A
 * branch that a route did not take is not waited for. The branches meant are those that parted since the last node that
 * every path to the join goes through, so that a loop around the join does not hold it up. These branches are the join's
 * region; a node with {@link dev.datastudio.graph.policy.Join} any or quorum goes on when enough of them have arrived.
 *
 * <p>A deferred node runs when nothing else can: no task is left, and no other node waits but those that wait for a
 * deferred one. A node that fails leads to the node of its {@code onError}, if it has one, which has a task for each
 * failure; of a fan-out, the tasks that did not fail still lead on. A sub-graph is one task of the graph around it: it
 * takes its own super-steps, up to its own limit, while that task lasts, and its failure is that task's.
 *
 * <p>Immutable and thread-safe; made by {@link #define} only.
 *
 * @param <I> record whose components are written to the channels of their names when a run starts
 * @param <O> record whose components are read from the channels of their names when a run ends
 */
public interface Graph<I, O> {
    /** Where a run begins; only ever the source of edges. */
    String START = "$start";

    /** Where a branch ends; only ever the target of edges. */
    String END = "$end";

    /**
     * Begins a definition.
     *
     * @param name 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit
     * @param version at least 1; raise it when a run begun with the older graph could not go on with this one
     */
    static GraphBuilder<Void, Void> define(String name, int version) {
        return new GraphBuilder<>(name, version);
    }

    /** The name given to {@link #define}. */
    String name();

    /** The version given to {@link #define}. */
    int version();

    /** The record type a run starts with. */
    Class<I> inputType();

    /** The record type a run ends with. */
    Class<O> outputType();

    /** The names of all nodes, in the order of declaration. */
    List<String> nodes();

    /** All edges, in the order of declaration, and then those of errors; a route gives one for each of its targets. */
    List<GraphEdge> edges();

    /** All channels, in the order of declaration. */
    List<Channel<?>> channels();

    /** After how many super-steps a run is ended as endless. */
    int maxSteps();
}
