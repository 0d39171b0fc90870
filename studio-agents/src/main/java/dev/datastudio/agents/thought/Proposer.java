package dev.datastudio.agents.thought;

import dev.datastudio.graph.NodeContext;
import java.util.List;

/** Finds the thoughts that may come next. Called for several states at once, so it keeps no state of its own. */
@FunctionalInterface
public interface Proposer {
    /**
     * The next thoughts, the most promising first. Blank and repeated ones are left out, and those beyond the number.
     *
     * @param path the state to go on from
     * @param count how many are wanted
     * @return empty when the state is a dead end
     * @throws Exception ends the search, as any failure of a node does
     */
    List<String> propose(ThoughtPath path, int count, NodeContext context) throws Exception;
}
