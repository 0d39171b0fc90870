package dev.datastudio.graph.run;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunId;
import java.util.List;

/** One run of a graph, going on or ended. Thread-safe; made by an {@link Engine} only. */
public interface Run<O> {
    /** Names this run. */
    RunId id();

    /**
     * Waits for the end. When no thread has taken the run up yet, this thread drives it, so that waiting inside a node
     * can't use up the threads that the run needs. May be called by any number of threads, and again.
     *
     * @return the output
     * @throws NodeException if a node failed
     * @throws RunInterruptedException if the run waits for answers
     * @throws StudioException with code CANCELLED if the run was cancelled, or if this thread was interrupted while it
     *     waited for another one (its interrupt flag is set again and the run goes on); with code LIMIT_EXCEEDED at the
     *     graph's step limit; with code GRAPH_INVALID if two tasks of one step set the same channel or the output reads
     *     a channel without a value
     */
    O await();

    /** As {@link #await()}, but gives an error or an interrupt as a value; throws only when its own wait is interrupted. */
    RunOutcome<O> outcome();

    /**
     * Asks the run to end. Its nodes' cancellation is set, their threads are interrupted and no further one is started;
     * the run ends when the last of them has returned. Does nothing when the run has ended.
     */
    void cancel();

    /** Whether the run has ended. */
    boolean isDone();

    /** The latest events, in order, as many as {@link RunOptions#keptEvents()}; a copy. */
    List<RunEvent> events();
}
