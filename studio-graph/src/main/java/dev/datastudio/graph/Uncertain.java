package dev.datastudio.graph;

/** What to do about a side effect that was begun, when nobody knows whether it happened because the process died. */
public enum Uncertain {
    /** Ask a person, by an interrupt whose answer is the effect's result, or {@code null} to do it again. */
    ASK,
    /** Do it again with the same idempotency key; for receivers that recognise the key. */
    RETRY,
    /** Fail the node with EFFECT_UNCERTAIN. */
    FAIL
}
