package dev.datastudio.core.cache;

/**
 * Turns live objects into bytes and back. Thread-safe.
 *
 * @param <V> the objects; what {@link #decode} gives equals what was encoded
 */
public interface ValueCodec<V> {
    /** The bytes of an object. */
    byte[] encode(V value);

    /**
     * The object of these bytes. Bytes of another version of the format are best avoided by a new namespace in the
     * key.
     *
     * @throws RuntimeException if the bytes are none of {@link #encode}; they are then taken for lost
     */
    V decode(byte[] bytes);
}
