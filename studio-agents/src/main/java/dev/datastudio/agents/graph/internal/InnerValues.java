package dev.datastudio.agents.graph.internal;

import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeWatcher;
import dev.datastudio.graph.json.Values;

/**
 * What a node inside of another one got or gave, as an event of the run. Immutable.
 *
 * @param isGiven whether it got them
 */
record InnerValues(boolean isGiven, Values values) {
    /** Makes events of what such nodes get and give. */
    static final NodeWatcher WATCHER = new NodeWatcher() {
        @Override
        public void began(NodeContext context, String node, Values inputs) {
            context.emit(new InnerValues(true, inputs));
        }

        @Override
        public void gave(NodeContext context, String node, Values outputs) {
            context.emit(new InnerValues(false, outputs));
        }

        @Override
        public NodeWatcher inside() {
            return this;
        }
    };
}
