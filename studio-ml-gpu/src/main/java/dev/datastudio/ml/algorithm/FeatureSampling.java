package dev.datastudio.ml.algorithm;

/** How many of the features a split may choose from, drawn anew for each split. */
public enum FeatureSampling {
    /** The square root of their number for classes, all for numbers. */
    AUTOMATIC,

    /** The square root of their number. */
    SQUARE_ROOT,

    /** A third of them. */
    THIRD,

    /** All. */
    ALL
}
