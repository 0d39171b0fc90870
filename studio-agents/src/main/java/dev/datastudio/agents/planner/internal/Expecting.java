package dev.datastudio.agents.planner.internal;

/** What the next column of a clause is for. */
enum Expecting {
    FREE,
    GROUP,
    AGGREGATE,
    ENTITY,
    COUNTED,
    RANK,
    MAX,
    MIN
}
