package dev.datastudio.graph.event;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run of a graph reports, in order. The first event is {@link RunStarted}; the last is exactly one {@link
 * Terminal}. Each {@link NodeStarted} is followed by one of {@link NodeFinished}, {@link NodeFailed} and {@link
 * NodeCancelled} for the same task. Super-steps count from 1; the tasks of one node in one step from 0. What happens in a
 * sub-graph carries the name of the node it stands for, and {@code [task]} in a fan-out, before the node's own:
 * {@code chart/render}, {@code map[3]/clean}.
 */
public sealed interface RunEvent {
    /** The run that reports. */
    RunId run();

    /** Counts the events of this run from 1, without a gap. */
    long sequence();

    /** When it happened, by the engine's clock. */
    Instant at();

    /** The last event of a run. */
    sealed interface Terminal extends RunEvent {}

    /** The run began. */
    record RunStarted(RunId run, long sequence, Instant at, String graph, int version) implements RunEvent {}

    /**
     * A super-step began.
     *
     * @param nodes the node of each task, in task order; a fan-out repeats its node
     */
    record StepStarted(RunId run, long sequence, Instant at, int step, List<String> nodes) implements RunEvent {
        public StepStarted {
            nodes = List.copyOf(nodes);
        }
    }

    /** A task began. */
    record NodeStarted(RunId run, long sequence, Instant at, int step, String node, int task) implements RunEvent {}

    /**
     * A task returned its update, which is applied when the whole step has finished.
     *
     * @param update what it changes; a result of an earlier run of the thread carries it too
     */
    record NodeFinished(
            RunId run, long sequence, Instant at, int step, String node, int task, Duration took, Update update)
            implements RunEvent {}

    /**
     * A try of a task failed, and another one follows.
     *
     * @param attempt the try that failed, from 1
     * @param delay how long the node waits before the next
     */
    record NodeRetried(
            RunId run,
            long sequence,
            Instant at,
            int step,
            String node,
            int task,
            int attempt,
            Duration delay,
            StudioException error)
            implements RunEvent {}

    /** A node produced a piece of a streamed answer. */
    record TokenProduced(RunId run, long sequence, Instant at, int step, String node, int task, String text)
            implements RunEvent {}

    /** A node reported something of its own. */
    record Custom(RunId run, long sequence, Instant at, int step, String node, int task, Object value)
            implements RunEvent {}

    /**
     * A super-step ended and its updates were applied.
     *
     * @param graph path of the sub-graph, empty for the graph itself
     * @param state the state after the step
     */
    record StepFinished(RunId run, long sequence, Instant at, String graph, int step, View state) implements RunEvent {}

    /**
     * A checkpoint of the thread is stored as durably as the store can.
     *
     * @param checkpoint its sequence in the thread's log; it can be forked from
     */
    record CheckpointSaved(RunId run, long sequence, Instant at, long checkpoint) implements RunEvent {}

    /**
     * A part of the thread's log was damaged; the run goes on from the checkpoint before it.
     *
     * @param entry sequence of the damaged entry in the thread's log
     * @param usedInstead sequence of the checkpoint that the run goes on from
     */
    record CheckpointDamaged(RunId run, long sequence, Instant at, long entry, long usedInstead, String what)
            implements RunEvent {}

    /** A subscriber was too slow for its buffer, and events were left out for it; never the last one. */
    record EventsDropped(RunId run, long sequence, Instant at, long firstDropped, long lastDropped)
            implements RunEvent {}

    /** A task failed for good: with it the run, or its sub-graph, unless its node has an onError. */
    record NodeFailed(RunId run, long sequence, Instant at, int step, String node, int task, StudioException error)
            implements RunEvent {}

    /**
     * A task was ended, or its result dropped, because the run was cancelled, another task failed, or a join went on
     * without it. Tasks that had not begun have no such event.
     */
    record NodeCancelled(RunId run, long sequence, Instant at, int step, String node, int task) implements RunEvent {}

    /**
     * The run reached its end and has an output.
     *
     * @param steps super-steps run
     */
    record RunFinished(RunId run, long sequence, Instant at, int steps, Duration took) implements Terminal {}

    /**
     * The run ended without an output.
     *
     * @param step the super-step in which it ended, 0 before the first
     * @param node the node that failed; empty when no single node is at fault, such as at the step limit
     */
    record RunFailed(RunId run, long sequence, Instant at, int step, Optional<String> node, StudioException error)
            implements Terminal {}

    /**
     * The run stopped and waits for answers; its thread can be resumed.
     *
     * @param interrupts at least one
     */
    record RunInterrupted(RunId run, long sequence, Instant at, int step, List<Interrupt> interrupts)
            implements Terminal {
        public RunInterrupted {
            interrupts = List.copyOf(interrupts);
        }
    }

    /**
     * The run was cancelled by its owner.
     *
     * @param step the super-step in which it ended, 0 before the first
     */
    record RunCancelled(RunId run, long sequence, Instant at, int step) implements Terminal {}
}
