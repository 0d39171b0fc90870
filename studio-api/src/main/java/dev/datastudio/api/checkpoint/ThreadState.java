package dev.datastudio.api.checkpoint;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store knows of a thread without reading its log. Immutable.
 *
 * @param head sequence of the last entry, 0 when there is none yet
 * @param epoch goes up by one with every claim, and is never again what it was in a thread of this name that was
 *     deleted; only the holder of the latest may append
 * @param owner who holds the lease, while {@code status} is RUNNING
 * @param leaseUntil until when nobody else may claim the thread; {@link Instant#EPOCH} without an owner
 * @param graph name of the graph that the thread runs
 * @param graphVersion version of that graph when it was last claimed
 * @param updatedAt when it was last claimed or appended to, by the writer's clock
 */
public record ThreadState(
        ThreadKey key,
        long head,
        long epoch,
        ThreadStatus status,
        Optional<String> owner,
        Instant leaseUntil,
        String graph,
        int graphVersion,
        Instant updatedAt) {
    public ThreadState {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(leaseUntil, "leaseUntil");
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }
}
