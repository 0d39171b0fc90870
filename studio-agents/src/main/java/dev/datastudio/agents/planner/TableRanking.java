package dev.datastudio.agents.planner;

import java.util.List;

/** Tells which tables a question seems to be about, for a prompt that has no room for all. Thread-safe. */
@FunctionalInterface
public interface TableRanking {
    /** Tells nothing. */
    TableRanking NONE = question -> List.of();

    /**
     * The names of tables, the likeliest first; empty when it can't tell.
     *
     * @param question not blank
     */
    List<String> likely(String question);
}
