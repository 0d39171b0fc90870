package dev.datastudio.agents.planner.internal;

/**
 * A table that words may mean.
 *
 * @param score 0 to 1, 1 for its full name
 */
record TableMatch(TableEntry table, double score) {
    /** The least score of words that name a table, rather than being akin to a part of its name. */
    static final double NAMED = 0.7;
}
