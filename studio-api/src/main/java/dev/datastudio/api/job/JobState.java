package dev.datastudio.api.job;

import java.util.Locale;

/** Where a job is in its life. */
public enum JobState {
    /** Waits for its time, for a free worker, or for the next try after a failure. */
    QUEUED,
    /** A worker is at it; also while it has been asked to stop and has not yet. */
    RUNNING,
    /** Done; the result is there. */
    SUCCEEDED,
    /** Given up; the error says why. */
    FAILED,
    /** Stopped because its owner asked for it. */
    CANCELLED;

    /** Whether it stays in this state. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Its name on the wire: in lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
