package dev.datastudio.agents.thought.internal;

import dev.datastudio.agents.thought.ThoughtScore;

/** The score of one thought. Immutable. */
public record Scored(int id, ThoughtScore score) {}
