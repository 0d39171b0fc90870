package dev.datastudio.graph.policy;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;

/**
 * Undoes what a node did outside the state, when the run fails or is cancelled later. Compensations run one after the
 * other, those of the last super-step first and within it in reverse task order, on the thread that drives the run. Steps of
 * sub-graphs count among the others by the time of their last finished task. A task that still finishes after the run was
 * stopped is undone too; a try that failed or timed out is not.
 */
@FunctionalInterface
public interface Compensation {
    /**
     * Undoes one finished task.
     *
     * @param view the state of the task's graph when the run failed
     * @param update what the task had returned
     * @throws Exception is added to the run's error as suppressed; the other compensations still run
     */
    void undo(View view, Update update) throws Exception;
}
