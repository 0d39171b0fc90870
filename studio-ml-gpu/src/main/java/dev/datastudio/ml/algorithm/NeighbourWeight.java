package dev.datastudio.ml.algorithm;

/** How much a neighbour counts. */
public enum NeighbourWeight {
    /** Each the same. */
    UNIFORM,

    /** The inverse of its distance; one at no distance alone. */
    DISTANCE
}
