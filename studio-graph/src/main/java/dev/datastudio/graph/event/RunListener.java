package dev.datastudio.graph.event;

/**
 * Told what a run does. Called by one thread at a time for each run, in the order of the sequence numbers. One that was given
 * to the engine or to a run is called on the thread that caused the event, and the run goes on when the call returns, so
 * it should return quickly; one given to {@link EventStream#listen} is called on another thread and may take its time. An
 * exception is logged and does not end the run.
 */
@FunctionalInterface
public interface RunListener {
    /** Told of one event. */
    void onEvent(RunEvent event);

    /**
     * The listener to tell of one run, this one unless it keeps something for each run. Called once for each run or
     * stream, on the thread that starts the run or opens the stream; must not throw.
     */
    default RunListener forRun() {
        return this;
    }
}
