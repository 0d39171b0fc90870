package dev.datastudio.graph.policy;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;

/**
 * Undoes what a node did outside the state, when the run fails or is cancelled later. Compensations run one after the
 * other, those of the last super-step first and within it in reverse task order, on the thread that drives the run. Steps of
 * sub-graphs count among the others by the time of their last finished task. A task that still finishes after the run was
 * stopped is undone too; a try that failed or timed out is not.
 *
 * <p>In a run with a thread each task is undone as an effect of the thread: a crash in the middle neither repeats what is
 * undone nor forgets what is not, and resuming the thread undoes the rest; what was cut off is undone again, so make it
 * bear that. When an engine is closed, its runs with threads are left to go on elsewhere and nothing is undone. A thread of
 * which anything was undone does not go on; fork it from one of its checkpoints. When the thread's
 * store fails or another run has taken the thread over, nothing is undone.
 */
@FunctionalInterface
public interface Compensation {
    /**
     * Undoes one finished task.
     *
     * @param view the state of the task's graph when the run failed; for a sub-graph that ended in an earlier process of
     *     a thread's run, only what the task itself wrote
     * @param update what the task had returned
     * @throws Exception is added to the run's error as suppressed; the other compensations still run
     */
    void undo(View view, Update update) throws Exception;
}
