package dev.datastudio.ml.spec;

/** What is predicted. */
public enum Task {
    /** Classes when the target is text, true or false, or a few whole numbers; a number otherwise. */
    AUTOMATIC,
    /** One of at least two classes. */
    CLASSIFICATION,
    /** A number. */
    REGRESSION,
    /** Whether a row is unlike those of training; without a target. */
    ANOMALY_DETECTION,
    /** New rows; without a target. */
    GENERATION,
    /** Which group of alike rows a row belongs to; without a target. */
    CLUSTERING,
    /** Where a row lies on a few directions; without a target. */
    PROJECTION
}
