package dev.datastudio.api.checkpoint;

import java.util.Arrays;

/**
 * The key that a thread's entries are authenticated with, by HMAC-SHA-256. Prints nothing of itself. Immutable.
 */
public final class CheckpointKey {
    /** How many bytes a key has at least. */
    public static final int MIN_BYTES = 32;

    private final byte[] bytes;

    private CheckpointKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A key of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are fewer than {@link #MIN_BYTES}
     */
    public static CheckpointKey of(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException("key must have at least " + MIN_BYTES + " bytes, had " + bytes.length);
        }
        return new CheckpointKey(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckpointKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "CheckpointKey[***]";
    }
}
