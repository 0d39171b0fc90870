package dev.datastudio.ml.algorithm;

/** In which order steps are read. */
public enum Direction {
    /** From the first to the last. */
    FORWARD,
    /** Also from the last to the first, by units of their own. */
    BOTH
}
