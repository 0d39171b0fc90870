package dev.datastudio.api.checkpoint;

import java.util.Objects;

/**
 * One entry of a thread's log. The arrays are shared, not copied, and must not be changed: entries are made by the
 * hundred thousand. Compared by identity. Immutable but for that.
 */
public final class CheckpointEntry {
    private final long sequence;
    private final EntryKind kind;
    private final byte[] body;
    private final byte[] mac;

    /**
     * @param sequence from 1, without gaps within a thread
     * @param body UTF-8 JSON, not empty
     * @param mac what proves that the entry is as it was written; empty where the store needs no proof
     */
    public CheckpointEntry(long sequence, EntryKind kind, byte[] body, byte[] mac) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be at least 1, was " + sequence);
        }
        this.sequence = sequence;
        this.kind = Objects.requireNonNull(kind, "kind");
        this.body = Objects.requireNonNull(body, "body");
        this.mac = Objects.requireNonNull(mac, "mac");
    }

    /** The place in the thread's log, from 1. */
    public long sequence() {
        return sequence;
    }

    /** What it is about. */
    public EntryKind kind() {
        return kind;
    }

    /** UTF-8 JSON; not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The proof, or an empty array; not to be changed. */
    public byte[] mac() {
        return mac;
    }

    @Override
    public String toString() {
        return kind + " " + sequence + " (" + body.length + " bytes)";
    }
}
