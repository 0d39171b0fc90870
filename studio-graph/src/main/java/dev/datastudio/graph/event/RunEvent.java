package dev.datastudio.graph.event;

import dev.datastudio.api.error.StudioException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run of a graph reports, in order. The first event is {@link RunStarted}; the last is exactly one {@link
 * Terminal}. Each {@link NodeStarted} is followed by one of {@link NodeFinished}, {@link NodeFailed} and {@link
 * NodeCancelled} for the same task. Super-steps count from 1; the tasks of one node in one step from 0.
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

    /** A task returned its update, which is applied when the whole step has finished. */
    record NodeFinished(RunId run, long sequence, Instant at, int step, String node, int task, Duration took)
            implements RunEvent {}

    /** A task failed, and with it the run. */
    record NodeFailed(RunId run, long sequence, Instant at, int step, String node, int task, StudioException error)
            implements RunEvent {}

    /** A task was ended, or its result dropped, because the run was cancelled or another task failed. */
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
     * The run was cancelled by its owner.
     *
     * @param step the super-step in which it ended, 0 before the first
     */
    record RunCancelled(RunId run, long sequence, Instant at, int step) implements Terminal {}
}
