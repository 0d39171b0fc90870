package dev.datastudio.graph;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;

/**
 * The work of a node. It may be called by several threads at once, for different runs or the tasks of a fan-out, so it
 * keeps no state of its own.
 */
@FunctionalInterface
public interface NodeFunction {
    /**
     * Does the work. May block; when the run is cancelled, the thread is interrupted and the context's cancellation is
     * set, and whatever the node then returns or throws is dropped.
     *
     * @param view the state as it was when the super-step began
     * @param context where this call belongs
     * @return what to change; {@link Update#none()} for nothing, never null
     * @throws Exception ends the run; a {@link dev.datastudio.api.error.StudioException} keeps its code, words and mend
     */
    Update apply(View view, NodeContext context) throws Exception;
}
