package dev.datastudio.agents.thought;

/**
 * One node of a tree of thoughts. Immutable.
 *
 * @param id counts the thoughts of a search from 1: by depth, then by the rank of the parent, then as proposed
 * @param parent id of the thought before; 0 for the root, which is the problem itself
 * @param depth 1 for a first thought
 * @param score 0 to 1
 * @param refused whether it was found wrong
 * @param kept whether the search went on from here, or ended here
 * @param reason the scorer's; may be empty
 */
public record Thought(
        int id, int parent, int depth, String text, double score, boolean refused, boolean kept, String reason) {}
