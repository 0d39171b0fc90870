package dev.datastudio.api.cache;

/**
 * What a {@link ResultCache} holds and did. Immutable.
 *
 * @param hits values found since it was opened
 * @param misses values looked for in vain since it was opened
 * @param evictions values given up for room or age since it was opened, by this process
 * @param entries values held now
 * @param bytes their size
 */
public record CacheStatistics(long hits, long misses, long evictions, long entries, long bytes) {}
