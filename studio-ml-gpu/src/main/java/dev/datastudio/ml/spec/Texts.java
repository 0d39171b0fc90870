package dev.datastudio.ml.spec;

/** What becomes of columns of long texts. */
public enum Texts {
    /** Words hashed into features, weighted by how rare they are. */
    HASHING,

    /**
     * The vector of the whole text, by the embedder of the studio, which the model remembers: texts of like meaning are alike
     * though they share no word.
     */
    EMBEDDING,

    /** Nothing. */
    LEAVE_OUT
}
