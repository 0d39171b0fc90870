package dev.datastudio.ml.spec;

/** How much rows count. */
public enum ClassWeights {
    /** Each the same. */
    NONE,

    /** Each class the same in all. */
    BALANCED
}
