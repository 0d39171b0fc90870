package dev.datastudio.ml.algorithm;

/** How the learning rate goes on. */
public enum Schedule {
    /** As it is. */
    CONSTANT,
    /** Down to nothing along half a cosine (Loshchilov and Hutter, 2017). */
    COSINE
}
