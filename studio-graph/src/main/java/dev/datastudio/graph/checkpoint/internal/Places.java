package dev.datastudio.graph.checkpoint.internal;

/**
 * The number that an entry lies under: the thread's id in the upper 32 bits, the sequence in the lower. One number as the
 * key keeps the entries of a thread side by side in SQLite, whose tables are ordered by a single one.
 */
final class Places {
    static final long MAX_SEQUENCE = 0xffff_ffffL;

    private static final int SEQUENCE_BITS = 32;

    private Places() {}

    static long of(long threadId, long sequence) {
        if (sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence must be at most " + MAX_SEQUENCE + ", was " + sequence);
        }
        return threadId << SEQUENCE_BITS | sequence;
    }

    /** As {@link #of}, for a sequence that need not exist: one out of range becomes the nearest. */
    static long near(long threadId, long sequence) {
        return of(threadId, Math.max(0, Math.min(sequence, MAX_SEQUENCE)));
    }

    static long sequence(long place) {
        return place & MAX_SEQUENCE;
    }
}
