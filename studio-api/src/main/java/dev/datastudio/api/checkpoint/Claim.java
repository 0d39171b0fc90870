package dev.datastudio.api.checkpoint;

import java.time.Instant;
import java.util.Objects;

/**
 * A wish to be the one that appends to a thread. Immutable.
 *
 * @param mode which threads may be claimed
 * @param owner who wishes it: 1 to 128 characters, of no meaning to the store, shown to whoever comes too late
 * @param now the owner's time
 * @param leaseUntil until when the claim shall hold without an append; after {@code now}
 * @param graph name of the graph that will run
 * @param graphVersion its version
 */
public record Claim(Mode mode, String owner, Instant now, Instant leaseUntil, String graph, int graphVersion) {
    public Claim {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(graph, "graph");
        if (owner.isEmpty() || owner.length() > 128) {
            throw new IllegalArgumentException("owner must have 1 to 128 characters, had " + owner.length());
        }
        if (!leaseUntil.isAfter(now)) {
            throw new IllegalArgumentException("leaseUntil must be after now, was " + leaseUntil + " at " + now);
        }
    }

    /** Which threads may be claimed. */
    public enum Mode {
        /** Only one that is not there yet. */
        CREATE,
        /** One that is there and on which nobody holds a lease that has not run out. */
        RESUME,
        /** One that is there, whoever holds it; for an owner that is known to be dead. */
        TAKE_OVER
    }
}
