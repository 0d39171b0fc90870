package dev.datastudio.agents.planner.internal;

/** A stored value that words may mean. */
record ValueMatch(ColumnEntry column, String stored) {}
