package dev.datastudio.graph.run;

import java.util.List;

/**
 * A moment of a thread that can be looked at and forked from. Immutable.
 *
 * @param sequence names it in its thread
 * @param step the last super-step of the graph itself that was done, 0 before the first
 * @param next the nodes of the tasks that come next, in task order; empty at the end
 */
public record Checkpoint(long sequence, int step, List<String> next) {
    public Checkpoint {
        next = List.copyOf(next);
    }
}
