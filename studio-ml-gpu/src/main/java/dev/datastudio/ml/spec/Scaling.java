package dev.datastudio.ml.spec;

/** How numbers are brought to one size. */
public enum Scaling {
    /** None for trees, standard for all else. */
    AUTOMATIC,

    /** Mean 0 and standard deviation 1. */
    STANDARD,

    /** Between 0 and 1. */
    MIN_MAX,

    /** As they are. */
    NONE
}
