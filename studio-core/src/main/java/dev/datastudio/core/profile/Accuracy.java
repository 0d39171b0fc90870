package dev.datastudio.core.profile;

/** How a number of a profile came about. */
public enum Accuracy {
    /** From all rows. */
    EXACT,
    /** From all rows, by a sketch that may be a few per cent off. */
    APPROXIMATE,
    /** From some of the rows, chosen evenly; the number of them stands beside. */
    SAMPLED
}
