package dev.datastudio.graph.event;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run of a graph reports, in order. The first event is {@link RunStarted}; the last is exactly one {@link
 * Terminal}. Each {@link NodeStarted} is followed by one of {@link NodeFinished}, {@link NodeFailed}, {@link
 * NodeCancelled} and {@link NodeInterrupted} for the same task. Super-steps count from 1; the tasks of one node in one
 * step from 0. What happens in a sub-graph carries the name of the node it stands for, and {@code [task]} where it has an
 * input, before the node's own: {@code chart/render}, {@code map[3]/clean}.
 *
 * <p>Events are immutable and null-free. Their constructors throw IllegalArgumentException for numbers out of range.
 */
public sealed interface RunEvent {
    /** The run that reports. */
    RunId run();

    /**
     * Numbers the events of this run, without a gap: from 1, or behind the run before it where the run goes on in a thread.
     * When that one was killed, numbers that it gave after the last stored super-step are given again. {@link
     * EventsDropped} carries the number of the last event that it stands for.
     */
    long sequence();

    /** When it happened, by the engine's clock. */
    Instant at();

    /** The last event of a run. */
    sealed interface Terminal extends RunEvent {}

    /** The run began. */
    record RunStarted(RunId run, long sequence, Instant at, String graph, int version) implements RunEvent {
        public RunStarted {
            EventParts.require(run, sequence, at);
            Objects.requireNonNull(graph, "graph");
        }
    }

    /**
     * A super-step began.
     *
     * @param nodes the node of each task, in task order; a fan-out repeats its node
     */
    record StepStarted(RunId run, long sequence, Instant at, int step, List<String> nodes) implements RunEvent {
        public StepStarted {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("step", step, 1);
            nodes = List.copyOf(nodes);
        }
    }

    /** A task began. */
    record NodeStarted(RunId run, long sequence, Instant at, int step, String node, int task) implements RunEvent {
        public NodeStarted {
            EventParts.requireTask(run, sequence, at, step, node, task);
        }
    }

    /**
     * A task returned its update, which is applied when the whole step has finished.
     *
     * @param took with its tries, and what it waited for between them; zero when nobody wanted events as it began
     * @param update what it changes
     */
    record NodeFinished(
            RunId run, long sequence, Instant at, int step, String node, int task, Duration took, Update update)
            implements RunEvent {
        public NodeFinished {
            EventParts.requireTask(run, sequence, at, step, node, task);
            Objects.requireNonNull(took, "took");
            Objects.requireNonNull(update, "update");
        }
    }

    /**
     * A try of a task failed, and another one follows.
     *
     * @param attempt the try that failed, from 1
     * @param delay how long the node waits before the next, not negative
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
            implements RunEvent {
        public NodeRetried {
            EventParts.requireTask(run, sequence, at, step, node, task);
            EventParts.requireAtLeast("attempt", attempt, 1);
            EventParts.requireNotNegative("delay", delay);
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * A task stopped for an answer; it is done again when the run is resumed with it. {@link NodeCancelled} follows where a
     * join goes on without it.
     *
     * @param interrupt what it waits for; for a sub-graph the first that a node in it waits for
     */
    record NodeInterrupted(RunId run, long sequence, Instant at, int step, String node, int task, Interrupt interrupt)
            implements RunEvent {
        public NodeInterrupted {
            EventParts.requireTask(run, sequence, at, step, node, task);
            Objects.requireNonNull(interrupt, "interrupt");
        }
    }

    /** A node produced a piece of a streamed answer. */
    record TokenProduced(RunId run, long sequence, Instant at, int step, String node, int task, String text)
            implements RunEvent {
        public TokenProduced {
            EventParts.requireTask(run, sequence, at, step, node, task);
            Objects.requireNonNull(text, "text");
        }
    }

    /** A node reported something of its own. */
    record Custom(RunId run, long sequence, Instant at, int step, String node, int task, Object value)
            implements RunEvent {
        public Custom {
            EventParts.requireTask(run, sequence, at, step, node, task);
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A super-step ended and its updates were applied.
     *
     * @param graph where the step was: empty for the graph itself, for a sub-graph what stands before its nodes' names
     * @param state the state after the step
     */
    record StepFinished(RunId run, long sequence, Instant at, String graph, int step, View state) implements RunEvent {
        public StepFinished {
            EventParts.require(run, sequence, at);
            Objects.requireNonNull(graph, "graph");
            EventParts.requireAtLeast("step", step, 1);
            Objects.requireNonNull(state, "state");
        }
    }

    /**
     * A checkpoint of the thread is stored as durably as the store can, and with it all before it, which have no event of
     * their own when they were stored together.
     *
     * @param checkpoint its sequence in the thread's log; it can be forked from
     */
    record CheckpointSaved(RunId run, long sequence, Instant at, long checkpoint) implements RunEvent {
        public CheckpointSaved {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("checkpoint", checkpoint, 1);
        }
    }

    /**
     * A part of the thread's log was damaged; the run goes on from the checkpoint before it. Follows {@link RunStarted}.
     *
     * @param entry sequence of the damaged entry in the thread's log
     * @param usedInstead sequence of the last entry that the run goes on from
     * @param what what is wrong with it
     */
    record CheckpointDamaged(RunId run, long sequence, Instant at, long entry, long usedInstead, String what)
            implements RunEvent {
        public CheckpointDamaged {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("entry", entry, 1);
            EventParts.requireAtLeast("usedInstead", usedInstead, 0);
            Objects.requireNonNull(what, "what");
        }
    }

    /**
     * Stands in a stream for events that its reader can't have: it was too slow for its buffer, or came when the run no
     * longer kept them. Never for the last event. Not among the events that the run itself keeps or tells its listeners.
     */
    record EventsDropped(RunId run, long sequence, Instant at, long firstDropped, long lastDropped)
            implements RunEvent {
        public EventsDropped {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("firstDropped", firstDropped, 1);
            EventParts.requireAtLeast("lastDropped", lastDropped, firstDropped);
        }
    }

    /**
     * A task failed for good. The run ends with it, unless the node has an {@code onError}: then the node named there goes
     * on.
     */
    record NodeFailed(RunId run, long sequence, Instant at, int step, String node, int task, StudioException error)
            implements RunEvent {
        public NodeFailed {
            EventParts.requireTask(run, sequence, at, step, node, task);
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * A finished task was undone, or was to be, after the run had failed or was cancelled.
     *
     * @param error why it could not be undone; also among the suppressed of the run's error
     */
    record NodeCompensated(
            RunId run, long sequence, Instant at, int step, String node, int task, Optional<StudioException> error)
            implements RunEvent {
        public NodeCompensated {
            EventParts.requireTask(run, sequence, at, step, node, task);
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * A task was ended, or its result dropped, because the run was cancelled, another task failed, or a join went on
     * without it. Tasks that had not begun have no such event.
     */
    record NodeCancelled(RunId run, long sequence, Instant at, int step, String node, int task) implements RunEvent {
        public NodeCancelled {
            EventParts.requireTask(run, sequence, at, step, node, task);
        }
    }

    /**
     * The run reached its end and has an output.
     *
     * @param steps super-steps run, those of earlier runs of the thread with them
     */
    record RunFinished(RunId run, long sequence, Instant at, int steps, Duration took) implements Terminal {
        public RunFinished {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("steps", steps, 0);
            Objects.requireNonNull(took, "took");
        }
    }

    /**
     * The run ended without an output.
     *
     * @param step the super-step in which it ended, 0 before the first
     * @param node the node that failed; empty when no single node is at fault, such as at the step limit
     */
    record RunFailed(RunId run, long sequence, Instant at, int step, Optional<String> node, StudioException error)
            implements Terminal {
        public RunFailed {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("step", step, 0);
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * The run stopped and waits for answers; its thread can be resumed.
     *
     * @param interrupts at least one
     */
    record RunInterrupted(RunId run, long sequence, Instant at, int step, List<Interrupt> interrupts)
            implements Terminal {
        public RunInterrupted {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("step", step, 0);
            interrupts = List.copyOf(interrupts);
            EventParts.requireAtLeast("number of interrupts", interrupts.size(), 1);
        }
    }

    /**
     * The run was cancelled by its owner.
     *
     * @param step the super-step in which it ended, 0 before the first
     */
    record RunCancelled(RunId run, long sequence, Instant at, int step) implements Terminal {
        public RunCancelled {
            EventParts.require(run, sequence, at);
            EventParts.requireAtLeast("step", step, 0);
        }
    }
}
