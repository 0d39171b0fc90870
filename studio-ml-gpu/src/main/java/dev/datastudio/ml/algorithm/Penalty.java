package dev.datastudio.ml.algorithm;

/** What keeps the coefficients of a linear model small. */
public enum Penalty {
    /** Nothing: ordinary least squares. */
    NONE,

    /** Their squares. */
    RIDGE,

    /** Their absolute values, which makes some zero. */
    LASSO,

    /** Both. */
    ELASTIC_NET
}
