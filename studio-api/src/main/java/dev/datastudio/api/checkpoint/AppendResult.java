package dev.datastudio.api.checkpoint;

/** What became of an {@link Append}. */
public enum AppendResult {
    /** All of it is stored, as durably as the store can. */
    STORED,
    /** None of it is stored: the thread has another head or epoch, or is gone. */
    SUPERSEDED
}
