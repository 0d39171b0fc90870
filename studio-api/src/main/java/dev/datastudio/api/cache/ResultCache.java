package dev.datastudio.api.cache;

import java.util.Optional;
import java.util.Set;

/**
 * Keeps results as bytes, within {@link CacheLimits}; the least recently used go first.
 *
 * <p>A cache may forget: nothing that is put must be found again, but what is found is what was put last under that key
 * and could be kept. A value that was damaged is not given back. Because keys name all that a result depends on, a cache is
 * never wrong about an entry that another process removed; it may give it for a while. Arrays are not copied: neither
 * side changes one after it was handed over. Thread-safe.
 *
 * <p>A failure to keep a value (a full disk, a read-only place) is logged and not thrown; a failure to remove one is
 * thrown as a {@link dev.datastudio.api.error.StudioException}.
 */
public interface ResultCache {
    /** The value under a key; empty when there is none, or no more. */
    Optional<byte[]> find(CacheKey key);

    /**
     * Keeps a value in place of the one under this key; one beyond {@link CacheLimits#maxValueBytes} is not kept, and
     * the old one is gone all the same.
     *
     * @param tags what the value stands on, such as content hashes of data sets, to remove it by
     */
    void put(CacheKey key, byte[] value, Set<String> tags);

    /** Removes the value under a key. */
    void remove(CacheKey key);

    /** Removes the values of a tenant that carry a tag. */
    void removeTagged(String tenant, String tag);

    /** Removes the values of one kind of a tenant. */
    void removeNamespace(String tenant, String namespace);

    /** Removes all values of a tenant. */
    void removeTenant(String tenant);

    /** What it holds and did; counts of a shared store may be some seconds old. */
    CacheStatistics statistics();
}
