package dev.datastudio.testkit.checkpoint;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A store that fails at chosen calls and gives back chosen entries damaged, around one that does the work. Every method
 * but {@link #key} and {@link #close} counts as a call, from 1. Failures are STORAGE_FAILED. Thread-safe.
 */
public final class FaultInjectingCheckpointStore implements CheckpointStore {
    private final CheckpointStore store;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Integer> failingBefore = ConcurrentHashMap.newKeySet();
    private final Set<Integer> failingAfter = ConcurrentHashMap.newKeySet();
    private final Map<Place, UnaryOperator<CheckpointEntry>> damages = new ConcurrentHashMap<>();

    private record Place(ThreadKey key, long sequence) {}

    private FaultInjectingCheckpointStore(CheckpointStore store) {
        this.store = store;
    }

    /**
     * A store that does what another one does, until it is told otherwise.
     *
     * @param store is closed with this one
     */
    public static FaultInjectingCheckpointStore around(CheckpointStore store) {
        return new FaultInjectingCheckpointStore(Objects.requireNonNull(store, "store"));
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    /** Fails a call without doing anything, as when the storage could not be reached. */
    public FaultInjectingCheckpointStore failBefore(int call) {
        failingBefore.add(requirePositive(call));
        return this;
    }

    /** Does what a call asks for and fails it nevertheless, as when the answer was lost. */
    public FaultInjectingCheckpointStore failAfter(int call) {
        failingAfter.add(requirePositive(call));
        return this;
    }

    /**
     * Gives an entry back with one bit of its body changed.
     *
     * @param bit from 0, counted through the bytes; beyond the last one it begins again
     */
    public FaultInjectingCheckpointStore flip(ThreadKey key, long sequence, int bit) {
        if (bit < 0) {
            throw new IllegalArgumentException("bit must be at least 0, was " + bit);
        }
        return damage(key, sequence, body -> {
            byte[] flipped = body.clone();
            int place = bit % Math.max(1, flipped.length * Byte.SIZE);
            flipped[place / Byte.SIZE] ^= (byte) (1 << place % Byte.SIZE);
            return flipped;
        });
    }

    /** Gives an entry back with at most this many bytes of its body, as when a write was torn. */
    public FaultInjectingCheckpointStore truncate(ThreadKey key, long sequence, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be at least 0, was " + bytes);
        }
        return damage(key, sequence, body -> Arrays.copyOf(body, Math.min(bytes, body.length)));
    }

    private FaultInjectingCheckpointStore damage(ThreadKey key, long sequence, UnaryOperator<byte[]> bodies) {
        damages.put(
                new Place(key, sequence),
                entry -> new CheckpointEntry(entry.sequence(), entry.kind(), bodies.apply(entry.body()), entry.mac()));
        return this;
    }

    /** Fails and damages nothing any more, and counts from 1 again. */
    public FaultInjectingCheckpointStore heal() {
        failingBefore.clear();
        failingAfter.clear();
        damages.clear();
        calls.set(0);
        return this;
    }

    @Override
    public Optional<CheckpointKey> key() {
        return store.key();
    }

    @Override
    public Optional<ThreadState> find(ThreadKey key) {
        return call(() -> store.find(key));
    }

    @Override
    public ThreadState claim(ThreadKey key, Claim claim) {
        return call(() -> store.claim(key, claim));
    }

    @Override
    public List<AppendResult> append(List<Append> appends) {
        return call(() -> store.append(appends));
    }

    @Override
    public List<CheckpointEntry> read(ThreadKey key, long after, int limit) {
        List<CheckpointEntry> read = new ArrayList<>(call(() -> store.read(key, after, limit)));
        read.replaceAll(entry -> damages.getOrDefault(new Place(key, entry.sequence()), UnaryOperator.identity())
                .apply(entry));
        return List.copyOf(read);
    }

    @Override
    public OptionalLong findSnapshot(ThreadKey key, long atOrBefore) {
        return call(() -> store.findSnapshot(key, atOrBefore));
    }

    @Override
    public List<ThreadState> list(String tenant, List<ThreadStatus> status, int offset, int limit) {
        return call(() -> store.list(tenant, status, offset, limit));
    }

    @Override
    public long compact(ThreadKey key, long epoch, long before) {
        return call(() -> store.compact(key, epoch, before));
    }

    @Override
    public boolean delete(ThreadKey key, Instant now) {
        return call(() -> store.delete(key, now));
    }

    @Override
    public int deleteAll(String tenant) {
        return call(() -> store.deleteAll(tenant));
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> T call(Supplier<T> call) {
        int number = calls.incrementAndGet();
        if (failingBefore.contains(number)) {
            throw failure(number, "before it did anything");
        }
        T result = call.get();
        if (failingAfter.contains(number)) {
            throw failure(number, "after it was done");
        }
        return result;
    }

    private static StudioException failure(int call, String when) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "Call " + call + " of the checkpoint store failed " + when + ": this store was made to fail",
                "Choose another call");
    }

    private static int requirePositive(int call) {
        if (call < 1) {
            throw new IllegalArgumentException("call must be at least 1, was " + call);
        }
        return call;
    }
}
