package dev.datastudio.graph.json;

import dev.datastudio.graph.NodeContext;

/**
 * Told what arrives at the nodes of a saved graph and what they give, such as to show it in an editor. Called on the threads
 * that run the nodes, by several at once, before the step of the node has ended; a try that is repeated, and each round of a
 * loop, tells again. Must return quickly and not throw. Of nodes inside of others {@link #inside} is told.
 */
public interface NodeWatcher {
    /** Told of nothing. */
    NodeWatcher NONE = new NodeWatcher() {
        @Override
        public NodeWatcher inside() {
            return this;
        }
    };

    /**
     * A node has what it needs and begins.
     *
     * @param node its id in the saved graph
     * @param inputs what arrived, by input
     */
    default void began(NodeContext context, String node, Values inputs) {}

    /**
     * A node is done.
     *
     * @param outputs what it gave, by output; of a node that is an output of the graph its value
     */
    default void gave(NodeContext context, String node, Values outputs) {}

    /**
     * Told of the nodes of all graphs that nodes of this graph run, with their ids there. Where they are is not in the
     * context; an event that is emitted with it says so.
     */
    default NodeWatcher inside() {
        return NONE;
    }
}
