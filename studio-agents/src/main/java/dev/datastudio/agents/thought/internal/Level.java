package dev.datastudio.agents.thought.internal;

import java.util.List;

/** The thoughts of one depth before they are scored. Immutable. */
public record Level(int depth, List<Candidate> candidates) {
    public Level {
        candidates = List.copyOf(candidates);
    }

    /** A thought that waits for its score. Immutable. */
    public record Candidate(int id, int parent, String text) {}
}
