package dev.datastudio.api.checkpoint;

/** How a thread stands. */
public enum ThreadStatus {
    /** Was forked or edited and has not run since. */
    READY,
    /** A run holds the lease, or held it when its process died. */
    RUNNING,
    /** Waits for answers to its interrupts. */
    INTERRUPTED,
    /** Reached its end. */
    FINISHED,
    /** Ended at an error; it can be resumed at the step that failed. */
    FAILED,
    /** Was cancelled; it can be resumed at the step it was in. */
    CANCELLED
}
