package dev.datastudio.agents.planner.internal;

/** How the words of a follow-up change the answer before. */
enum Cue {
    /** Nothing but the new part itself: "as a pie", "what about profit". It takes the place of its like. */
    PLAIN,
    /** "Only the West", "just 2015". */
    ONLY,
    /** "Also profit", "add the category". */
    ADD,
    /** "Break it down by region": groups are added, not changed. */
    SPLIT,
    /** "Without the West", "remove the filter". */
    REMOVE,
    /** "Profit instead of sales": one part for another. */
    REPLACE
}
