package dev.datastudio.agents.graph;

import java.util.Locale;

/** How a node stands in a run. */
public enum NodeState {
    /** It was not reached, or not yet. */
    IDLE,
    /** It is in the step that goes on. */
    QUEUED,
    /** It works. */
    RUNNING,
    /** It waits for a person's answer. */
    WAITING,
    /** It gave its outputs. */
    DONE,
    /** It ended with an error. */
    FAILED,
    /** It was reached without all of its inputs, as a branch was not taken. */
    SKIPPED,
    /** It did not run: its outputs are those of an earlier run. */
    CACHED,
    /** It did not run: its outputs are pinned in the graph. */
    PINNED,
    /** It was ended while it worked. */
    CANCELLED;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
