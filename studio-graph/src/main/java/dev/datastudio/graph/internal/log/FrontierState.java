package dev.datastudio.graph.internal.log;

import java.util.List;
import java.util.Map;

/**
 * What comes after a super-step. Immutable.
 *
 * @param next the tasks of the next step, in task order
 * @param waiting nodes that were reached and wait for others
 * @param arrivals how many tasks arrived at each waiting node that counts them
 * @param fired nodes that went on by a quorum and ignore what else arrives of the same branches
 */
public record FrontierState(
        List<TaskRef> next, List<String> waiting, Map<String, Integer> arrivals, List<String> fired) {
    public FrontierState {
        next = List.copyOf(next);
        waiting = List.copyOf(waiting);
        arrivals = Map.copyOf(arrivals);
        fired = List.copyOf(fired);
    }
}
