package dev.datastudio.api.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Entries for the end of one thread's log, valid only if the thread still stands as the writer believes. Immutable.
 *
 * @param epoch what the claim gave
 * @param expectedHead sequence of the last entry before these
 * @param entries with the sequences {@code expectedHead + 1} and on; may be empty, to renew the lease or end it
 * @param status how the thread stands afterwards; any but RUNNING gives the lease back
 * @param now the writer's time
 * @param leaseUntil until when the claim holds from now on; ignored when the lease is given back
 */
public record Append(
        ThreadKey key,
        long epoch,
        long expectedHead,
        List<CheckpointEntry> entries,
        ThreadStatus status,
        Instant now,
        Instant leaseUntil) {
    /** @throws IllegalArgumentException if the sequences do not follow the head */
    public Append {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(leaseUntil, "leaseUntil");
        entries = List.copyOf(entries);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).sequence() != expectedHead + 1 + i) {
                throw new IllegalArgumentException(
                        "entries must go on from sequence " + expectedHead + ", but the one at place " + i + " has "
                                + entries.get(i).sequence());
            }
        }
    }
}
