package dev.datastudio.ml.spec;

/** What stands for a number that is not there. */
public enum MissingNumbers {
    /** The median of the training rows. */
    MEDIAN,

    /** Their mean. */
    MEAN,

    /** 0. */
    ZERO
}
