package dev.datastudio.agents.thought.internal;

import java.util.List;

/**
 * The states that a search goes on from. Immutable.
 *
 * @param states ids of their latest thoughts, the best first; 0 is the root
 */
public record Beam(int depth, List<Integer> states) {
    /** Where a search begins. */
    public static final Beam ROOT = new Beam(0, List.of(0));

    public Beam {
        states = List.copyOf(states);
    }
}
