package dev.datastudio.agents.thought;

/** Why a search ended. */
public enum StopReason {
    /** A kept state reached the stop score. */
    SCORE,
    /** A kept state passed the stop test. */
    FOUND,
    /** The paths are as long as they may get. */
    DEPTH,
    /** No state had a next thought that was not refused; the best path is the best of those before. */
    NOTHING_LEFT
}
