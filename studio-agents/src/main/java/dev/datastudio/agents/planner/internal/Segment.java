package dev.datastudio.agents.planner.internal;

import java.util.List;

/**
 * A part of a follow-up with one way to change things. Immutable.
 *
 * @param cue how it changes the answer before
 * @param words what is wanted, or unwanted
 * @param replaced for {@link Cue#REPLACE} what gives way; empty otherwise
 */
record Segment(Cue cue, List<Token> words, List<Token> replaced) {
    Segment {
        words = List.copyOf(words);
        replaced = List.copyOf(replaced);
    }
}
