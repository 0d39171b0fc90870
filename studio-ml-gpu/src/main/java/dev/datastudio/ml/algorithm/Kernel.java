package dev.datastudio.ml.algorithm;

/** How two rows are compared. */
public enum Kernel {
    /** The product of their features. */
    LINEAR,

    /** By a Gaussian of their distance. */
    RBF
}
