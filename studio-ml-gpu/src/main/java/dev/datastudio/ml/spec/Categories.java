package dev.datastudio.ml.spec;

/** How words become numbers. */
public enum Categories {
    /** Ranks for trees, a feature a value for all else. */
    AUTOMATIC,

    /** A feature a value, 1 where it stands. */
    ONE_HOT,

    /** The rank of the value by how often it stands, in one feature. */
    ORDINAL,

    /** The mean of the target among rows with the value, shrunk towards that of all; of training rows by those of other folds. */
    TARGET
}
