package dev.datastudio.agents.planner.internal;

/**
 * A stored value that words may mean.
 *
 * @param stored the value, or the part of it that the words name
 * @param isPart whether only a part of the value is meant, as the country in "Lyon, France"
 */
record ValueMatch(ColumnEntry column, String stored, boolean isPart) {
    /** A whole value. */
    ValueMatch(ColumnEntry column, String stored) {
        this(column, stored, false);
    }
}
