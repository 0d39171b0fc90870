package dev.datastudio.core.cleaning;

/** Which statistics a recipe works with when it is done again. */
public enum ReplayStatistics {
    /** Those that were recorded: the same value gets the same treatment as then. */
    RECORDED,
    /** Those of the rows that it is done on now. */
    RECOMPUTED
}
