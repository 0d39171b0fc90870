package dev.datastudio.core.cache;

import dev.datastudio.api.progress.Cancellation;

/**
 * Work whose result several callers may share.
 *
 * @param <V> the result
 */
@FunctionalInterface
public interface Computation<V> {
    /**
     * Computes the result. Called on the thread of the first caller.
     *
     * @param cancellation made when nobody wants the result any more
     */
    V compute(Cancellation cancellation);
}
