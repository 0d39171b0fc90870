package dev.datastudio.agents.graph;

import java.util.Locale;

/** How a run of a graph stands. */
public enum RunState {
    /** It is about to begin. */
    QUEUED,
    /** It goes on. */
    RUNNING,
    /** It waits for a person's answer. */
    WAITING,
    /** It reached its end. */
    DONE,
    /** It ended with an error. */
    FAILED,
    /** Somebody ended it. */
    CANCELLED;

    /** Whether nothing more happens in it. */
    public boolean isEnded() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
