package dev.datastudio.ml.spec;

/** What becomes of columns of long texts. */
public enum Texts {
    /** Words hashed into features, weighted by how rare they are. */
    HASHING,

    /** Nothing. */
    LEAVE_OUT
}
