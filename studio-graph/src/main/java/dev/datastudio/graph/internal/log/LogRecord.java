package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.State;
import java.util.List;

/**
 * One entry of a thread's log, with live values.
 *
 * <p>A path names a loop of super-steps: empty for the graph itself, {@code node:step:task} for the sub-graph that a
 * task runs, joined by '/' when deeper.
 */
public sealed interface LogRecord {
    /** Everything there is; nothing before it is needed. The first record of each thread. */
    record Snapshot(SavedThread thread) implements LogRecord {}

    /** A sub-graph began. */
    record Began(String path, State state, FrontierState next) implements LogRecord {}

    /**
     * A super-step was done.
     *
     * @param results of the tasks that have no {@link TaskDone} of their own, in task order
     * @param queued how many of the queued updates were applied after the tasks' own
     * @param queuedUpdates those updates, in their order
     * @param after the state after the step
     * @param events sequence of the last event before the record
     */
    record StepDone(
            String path,
            int step,
            List<TaskResult> results,
            int queued,
            List<Update> queuedUpdates,
            State after,
            FrontierState next,
            Spent spent,
            long events)
            implements LogRecord {}

    /** A task was done while others of its step were not. */
    record TaskDone(String path, int step, TaskResult result) implements LogRecord {}

    /** A part of a task was done. */
    record Memo(TaskKey task, String name, RawJson value) implements LogRecord {}

    /** An effect is about to be performed. */
    record EffectClaimed(String key) implements LogRecord {}

    /** An effect was performed. */
    record EffectDone(String key, RawJson value) implements LogRecord {}

    /** An effect failed with an exception and may be claimed again. */
    record EffectReleased(String key) implements LogRecord {}

    /** The run stopped for answers. */
    record Asked(List<Interrupt> interrupts, Spent spent, long events) implements LogRecord {}

    /** Someone answered. */
    record Answered(String interrupt, RawJson value) implements LogRecord {}

    /** Someone queued an update for the end of the next super-step. */
    record Queued(Update update) implements LogRecord {}

    /** The run ended, in a way that RUNNING and INTERRUPTED don't name. */
    record Ended(ThreadStatus status, String message, Spent spent, long events) implements LogRecord {}
}
