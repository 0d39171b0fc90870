package dev.datastudio.agents.thought;

import java.util.List;

/**
 * A state of the search: the problem and the thoughts on the way to here. Immutable.
 *
 * @param thoughts the first one first; empty at the root
 */
public record ThoughtPath(String problem, List<String> thoughts) {
    public ThoughtPath {
        thoughts = List.copyOf(thoughts);
    }

    /** The latest thought; empty text at the root. */
    public String last() {
        return thoughts.isEmpty() ? "" : thoughts.get(thoughts.size() - 1);
    }
}
