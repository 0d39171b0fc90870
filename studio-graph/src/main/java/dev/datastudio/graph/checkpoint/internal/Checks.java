package dev.datastudio.graph.checkpoint.internal;

/** The ranges that the methods of a checkpoint store promise. */
public final class Checks {
    /** How many threads a list holds at most. */
    public static final int MAX_LISTED = 10_000;

    private Checks() {}

    /**
     * What {@code read} is asked for.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public static void read(long after, int limit) {
        if (after < 0) {
            throw new IllegalArgumentException("after must be at least 0, was " + after);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
    }

    /**
     * What {@code list} is asked for.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public static void list(int offset, int limit) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be at least 0, was " + offset);
        }
        if (limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("limit must be in 1.." + MAX_LISTED + ", was " + limit);
        }
    }

    /**
     * Where {@code compact} cuts.
     *
     * @throws IllegalArgumentException if the entry is not there or is another kind
     */
    public static void isSnapshot(boolean found, long sequence) {
        if (!found) {
            throw new IllegalArgumentException("there must be a SNAPSHOT entry at before, was " + sequence);
        }
    }

    /**
     * That there is still a store.
     *
     * @throws IllegalStateException if it is closed
     */
    public static void isOpen(boolean closed) {
        if (closed) {
            throw new IllegalStateException("The checkpoint store is closed");
        }
    }
}
