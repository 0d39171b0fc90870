package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.internal.State;
import java.util.List;

/**
 * A loop of super-steps as the log left it. Immutable.
 *
 * @param step the last super-step that was done, 0 for none
 * @param results of tasks of the step after it that were done already
 * @param compensable tasks that were done and whose nodes can undo them, in the order in which they were done
 */
public record SavedLoop(
        String path,
        int step,
        State state,
        FrontierState next,
        List<TaskResult> results,
        List<Compensable> compensable) {
    public SavedLoop {
        results = List.copyOf(results);
        compensable = List.copyOf(compensable);
    }

    /** A finished task that can be undone. */
    public record Compensable(int step, TaskResult result) {}
}
