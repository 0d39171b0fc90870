package dev.datastudio.agents.thought;

import dev.datastudio.graph.NodeContext;

/** Judges a state. Called for several states at once, so it keeps no state of its own. */
@FunctionalInterface
public interface Scorer {
    /**
     * What a state is worth.
     *
     * @param path has at least one thought
     * @throws Exception ends the search, as any failure of a node does
     */
    ThoughtScore score(ThoughtPath path, NodeContext context) throws Exception;
}
