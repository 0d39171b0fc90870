package dev.datastudio.graph.checkpoint.internal;

/**
 * The first epoch of a thread. Every thread ever made in a store has a number of its own, and its epochs begin at that
 * number times a million, so that a writer of a deleted thread can't be taken for one of its successor.
 */
public final class Epochs {
    private static final int CLAIM_BITS = 20;

    private Epochs() {}

    /**
     * The first epoch of a new thread.
     *
     * @param number from 1, never given to two threads
     */
    public static long first(long number) {
        return (number << CLAIM_BITS) + 1;
    }
}
