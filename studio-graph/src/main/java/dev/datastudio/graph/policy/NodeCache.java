package dev.datastudio.graph.policy;

import dev.datastudio.graph.channel.View;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * Keeps a node's updates in the engine's memory and uses them again for equal keys of the same tenant, graph, version and
 * node. Immutable.
 *
 * @param key what the node's result depends on, from its view; with equals and hashCode by value. The input that a fan-out
 *     gave is part of the key by itself
 * @param timeToLive how long an update may be used; positive
 * @param maxEntries how many updates are kept for the node, at least 1; the least useful goes first
 */
public record NodeCache(Function<View, ?> key, Duration timeToLive, int maxEntries) {
    /** How many updates are kept when nothing else was said. */
    public static final int DEFAULT_MAX_ENTRIES = 1_000;

    /** @throws IllegalArgumentException if a value is out of its range */
    public NodeCache {
        Objects.requireNonNull(key, "key");
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("timeToLive must be positive, was " + timeToLive);
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be at least 1, was " + maxEntries);
        }
    }

    /** Keeps {@link #DEFAULT_MAX_ENTRIES} updates for a time. */
    public static NodeCache by(Function<View, ?> key, Duration timeToLive) {
        return new NodeCache(key, timeToLive, DEFAULT_MAX_ENTRIES);
    }
}
