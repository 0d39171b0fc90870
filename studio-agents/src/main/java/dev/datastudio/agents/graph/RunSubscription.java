package dev.datastudio.agents.graph;

/** A subscription to the events of a run. Ends by itself after the last event. Thread-safe. */
public interface RunSubscription extends AutoCloseable {
    /** Ends it: what is not told yet is not told any more. Does nothing when called again. */
    @Override
    void close();
}
