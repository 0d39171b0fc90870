package dev.datastudio.graph.checkpoint;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.checkpoint.internal.Checks;
import dev.datastudio.graph.checkpoint.internal.Epochs;
import dev.datastudio.graph.checkpoint.internal.Micros;
import dev.datastudio.graph.checkpoint.internal.Refusals;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;

/**
 * One thread in memory. There are many at rest and few at work: fields are bare numbers, and the array of entries has
 * room to grow only while a run holds the thread. Thread-safe by its own monitor.
 */
final class ThreadLog {
    private static final CheckpointEntry[] NONE = {};

    private CheckpointEntry[] entries = NONE;
    private int count;
    private long head;
    private long epoch;
    private long leaseUntil;
    private long updatedAt;
    private String owner;
    private String graph;
    private int graphVersion;
    private ThreadStatus status = ThreadStatus.RUNNING;
    private boolean deleted;

    /** @param number given to no other thread of the store */
    ThreadLog(long number, Claim claim) {
        epoch = Epochs.first(number);
        owner = claim.owner();
        graph = claim.graph();
        take(claim);
    }

    /** The thread as it stands after the claim. */
    synchronized ThreadState claim(ThreadKey key, Claim claim) {
        if (deleted) {
            throw Refusals.notFound(key);
        }
        if (claim.mode() != Claim.Mode.TAKE_OVER) {
            requireFree(key, claim.now());
        }
        epoch++;
        take(claim);
        return state(key);
    }

    private void take(Claim claim) {
        owner = claim.owner();
        graph = claim.graph();
        graphVersion = claim.graphVersion();
        status = ThreadStatus.RUNNING;
        leaseUntil = Micros.of(claim.leaseUntil());
        updatedAt = Micros.of(claim.now());
    }

    private void requireFree(ThreadKey key, Instant now) {
        if (status == ThreadStatus.RUNNING && leaseUntil > Micros.of(now)) {
            throw Refusals.busy(key, owner, leaseUntil);
        }
    }

    synchronized AppendResult append(Append append) {
        if (deleted || append.epoch() != epoch || append.expectedHead() != head) {
            return AppendResult.SUPERSEDED;
        }
        List<CheckpointEntry> added = append.entries();
        int size = added.size();
        makeRoom(size);
        for (int i = 0; i < size; i++) {
            entries[count + i] = added.get(i);
        }
        count += size;
        head += size;
        status = append.status();
        leaseUntil = Micros.of(append.leaseUntil());
        updatedAt = Micros.of(append.now());
        if (status != ThreadStatus.RUNNING) {
            trim();
        }
        return AppendResult.STORED;
    }

    private void makeRoom(int size) {
        int needed = Math.addExact(count, size);
        if (needed > entries.length) {
            entries = Arrays.copyOf(entries, Math.max(needed, entries.length + (entries.length >> 1)));
        }
    }

    /** Gives back room, unless that would save little and copy much. */
    private void trim() {
        if (entries.length - count > count >> 3) {
            entries = Arrays.copyOf(entries, count);
        }
    }

    /** As of now, or empty when it was deleted. */
    synchronized Optional<ThreadState> find(ThreadKey key) {
        return deleted ? Optional.empty() : Optional.of(state(key));
    }

    private ThreadState state(ThreadKey key) {
        boolean isHeld = status == ThreadStatus.RUNNING;
        return new ThreadState(
                key,
                head,
                epoch,
                status,
                isHeld ? Optional.of(owner) : Optional.empty(),
                isHeld ? Micros.toInstant(leaseUntil) : Instant.EPOCH,
                graph,
                graphVersion,
                Micros.toInstant(updatedAt));
    }

    synchronized List<CheckpointEntry> read(long after, int limit) {
        long first = after - dropped();
        int from = (int) Math.max(0, Math.min(first, count));
        int to = (int) Math.min(count, (long) from + limit);
        return List.of(Arrays.copyOfRange(entries, from, to));
    }

    synchronized OptionalLong findSnapshot(long atOrBefore) {
        for (long i = Math.min(atOrBefore - dropped(), count) - 1; i >= 0; i--) {
            if (entries[(int) i].kind() == EntryKind.SNAPSHOT) {
                return OptionalLong.of(entries[(int) i].sequence());
            }
        }
        return OptionalLong.empty();
    }

    synchronized long compact(long claimed, long before) {
        if (deleted || claimed != epoch) {
            return 0;
        }
        long place = before - dropped() - 1;
        Checks.isSnapshot(place >= 0 && place < count && entries[(int) place].kind() == EntryKind.SNAPSHOT, before);
        entries = Arrays.copyOfRange(entries, (int) place, count);
        count -= (int) place;
        return place;
    }

    /** How many entries were compacted away. */
    private long dropped() {
        return head - count;
    }

    /**
     * Takes the thread out of the store, and tells those who found it before.
     *
     * @param logs where it is
     */
    synchronized boolean delete(ThreadKey key, Instant now, ConcurrentMap<ThreadKey, ThreadLog> logs) {
        if (deleted) {
            return false;
        }
        requireFree(key, now);
        return delete(key, logs);
    }

    /** As {@link #delete(ThreadKey, Instant, ConcurrentMap)}, whoever holds it. */
    synchronized boolean delete(ThreadKey key, ConcurrentMap<ThreadKey, ThreadLog> logs) {
        deleted = true;
        return logs.remove(key, this);
    }
}
