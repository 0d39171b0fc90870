package dev.datastudio.agents.thought.internal;

import java.util.List;

/**
 * What was proposed for one state. Immutable.
 *
 * @param depth of the thoughts
 * @param parent id of the state's latest thought, 0 for the root
 */
public record Proposal(int depth, int parent, List<String> thoughts) {
    public Proposal {
        thoughts = List.copyOf(thoughts);
    }
}
