package dev.datastudio.agents.planner.internal;

/**
 * A column that words may mean.
 *
 * @param score 0 to 1, 1 for its full name
 * @param how the weakest link that was needed
 */
record ColumnMatch(ColumnEntry column, double score, How how) {
    /** How words were linked to a name. */
    enum How {
        NAME,
        TAUGHT,
        PART,
        STEM,
        ABBREVIATION,
        SPELLING,
        MEANING
    }
}
