package dev.datastudio.graph.event;

/**
 * Told what a run does. Called by one thread at a time for each run, in the order of the sequence numbers, on the thread
 * that caused the event; the run goes on when the call returns, so it should return quickly. An exception is logged and
 * does not end the run.
 */
@FunctionalInterface
public interface RunListener {
    /** Told of one event. */
    void onEvent(RunEvent event);
}
