package dev.datastudio.graph.checkpoint;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.checkpoint.internal.Checks;
import dev.datastudio.graph.checkpoint.internal.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps threads in this process's memory, until it ends or the store is closed. Entries are kept as they are given, not
 * copied. Thread-safe; runs of different threads don't wait for each other.
 */
public final class InMemoryCheckpointStore implements CheckpointStore {
    private static final List<AppendResult> ONE_STORED = List.of(AppendResult.STORED);
    private static final List<AppendResult> ONE_SUPERSEDED = List.of(AppendResult.SUPERSEDED);

    private static final Comparator<ThreadState> NEWEST_FIRST = Comparator.comparing(ThreadState::updatedAt)
            .reversed()
            .thenComparing(state -> state.key().thread());

    private final ConcurrentHashMap<ThreadKey, ThreadLog> logs = new ConcurrentHashMap<>();
    private final AtomicLong created = new AtomicLong();
    private volatile boolean closed;

    private InMemoryCheckpointStore() {}

    /** A store without threads. */
    public static InMemoryCheckpointStore create() {
        return new InMemoryCheckpointStore();
    }

    /** Empty: nobody else can reach the entries. */
    @Override
    public Optional<CheckpointKey> key() {
        return Optional.empty();
    }

    @Override
    public Optional<ThreadState> find(ThreadKey key) {
        requireOpen();
        ThreadLog log = logs.get(key);
        return log == null ? Optional.empty() : log.find(key);
    }

    @Override
    public ThreadState claim(ThreadKey key, Claim claim) {
        requireOpen();
        return claim.mode() == Claim.Mode.CREATE ? create(key, claim) : take(key, claim);
    }

    private ThreadState create(ThreadKey key, Claim claim) {
        ThreadLog log = new ThreadLog(created.incrementAndGet(), claim);
        ThreadState state = log.find(key).orElseThrow();
        if (logs.putIfAbsent(key, log) != null) {
            throw Refusals.exists(key);
        }
        return state;
    }

    private ThreadState take(ThreadKey key, Claim claim) {
        ThreadLog log = logs.get(key);
        if (log == null) {
            throw Refusals.notFound(key);
        }
        return log.claim(key, claim);
    }

    @Override
    public List<AppendResult> append(List<Append> appends) {
        requireOpen();
        if (appends.size() == 1) {
            return append(appends.get(0)) == AppendResult.STORED ? ONE_STORED : ONE_SUPERSEDED;
        }
        List<AppendResult> results = new ArrayList<>(appends.size());
        for (Append append : appends) {
            results.add(append(append));
        }
        return List.copyOf(results);
    }

    private AppendResult append(Append append) {
        ThreadLog log = logs.get(append.key());
        return log == null ? AppendResult.SUPERSEDED : log.append(append);
    }

    @Override
    public List<CheckpointEntry> read(ThreadKey key, long after, int limit) {
        Checks.read(after, limit);
        requireOpen();
        ThreadLog log = logs.get(key);
        return log == null ? List.of() : log.read(after, limit);
    }

    @Override
    public OptionalLong findSnapshot(ThreadKey key, long atOrBefore) {
        requireOpen();
        ThreadLog log = logs.get(key);
        return log == null ? OptionalLong.empty() : log.findSnapshot(atOrBefore);
    }

    /** As in the interface; looks at every thread of the store. */
    @Override
    public List<ThreadState> list(String tenant, List<ThreadStatus> status, int offset, int limit) {
        Checks.list(offset, limit);
        requireOpen();
        Set<ThreadStatus> wanted = status.isEmpty() ? EnumSet.allOf(ThreadStatus.class) : EnumSet.copyOf(status);
        List<ThreadState> found = new ArrayList<>();
        logs.forEach((key, log) -> {
            if (key.tenant().equals(tenant)) {
                log.find(key).filter(state -> wanted.contains(state.status())).ifPresent(found::add);
            }
        });
        return found.stream().sorted(NEWEST_FIRST).skip(offset).limit(limit).toList();
    }

    @Override
    public long compact(ThreadKey key, long epoch, long before) {
        requireOpen();
        ThreadLog log = logs.get(key);
        return log == null ? 0 : log.compact(epoch, before);
    }

    @Override
    public boolean delete(ThreadKey key, Instant now) {
        requireOpen();
        ThreadLog log = logs.get(key);
        return log != null && log.delete(key, now, logs);
    }

    @Override
    public int deleteAll(String tenant) {
        requireOpen();
        int[] deleted = new int[1];
        logs.forEach((key, log) -> {
            if (key.tenant().equals(tenant) && log.delete(key, logs)) {
                deleted[0]++;
            }
        });
        return deleted[0];
    }

    /** Forgets all threads. */
    @Override
    public void close() {
        closed = true;
        logs.clear();
    }

    private void requireOpen() {
        Checks.isOpen(closed);
    }
}
