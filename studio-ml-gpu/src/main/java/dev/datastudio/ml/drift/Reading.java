package dev.datastudio.ml.drift;

/** What a population stability index says, by the usual limits. */
public enum Reading {
    /** Below 0.1, or no more than chance makes of so few rows. */
    STABLE,

    /** From 0.1: look at the column before predictions are trusted. */
    MOVED,

    /** From 0.25: the rows are of another kind; train again. */
    DIFFERENT,

    /** What the training rows looked like was not recorded with the model. */
    UNKNOWN
}
