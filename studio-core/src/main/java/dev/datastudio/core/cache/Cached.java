package dev.datastudio.core.cache;

import java.util.Objects;

/**
 * A result and where it came from. Immutable.
 *
 * @param <V> the result
 */
public record Cached<V>(V value, Origin origin) {
    public Cached {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }

    /** Whether nothing was computed for it, by this caller or another one at the same time. */
    public boolean isHit() {
        return origin == Origin.MEMORY || origin == Origin.STORE;
    }

    /** Where a result came from. */
    public enum Origin {
        /** A live object of this process. */
        MEMORY,
        /** Kept by this process or an earlier one, and read back. */
        STORE,
        /** Computed for this call, or for one at the same time. */
        COMPUTED
    }
}
