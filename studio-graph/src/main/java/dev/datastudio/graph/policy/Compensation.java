package dev.datastudio.graph.policy;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;

/**
 * Undoes what a node did outside the state, when the run fails or is cancelled later. Compensations run one after the
 * other, those of the last super-step first, on the thread that drives the run.
 */
@FunctionalInterface
public interface Compensation {
    /**
     * Undoes one finished task.
     *
     * @param view the state when the run failed
     * @param update what the task had returned
     * @throws Exception is added to the run's error as suppressed; the other compensations still run
     */
    void undo(View view, Update update) throws Exception;
}
