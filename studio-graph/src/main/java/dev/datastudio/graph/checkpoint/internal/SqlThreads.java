package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A checkpoint store on two tables of a database. Thread-safe.
 *
 * <p>Nothing is remembered between calls: whether an append is stored is decided by one UPDATE that finds the thread's
 * row only where epoch and head are as the writer believes, so that any number of processes can share a database.
 */
public final class SqlThreads implements CheckpointStore {
    /** Rows are locked in this order, so that two calls never wait for each other. */
    private static final Comparator<ThreadKey> LOCKING_ORDER =
            Comparator.comparing(ThreadKey::tenant).thenComparing(ThreadKey::thread);

    private final SqlDatabase database;
    private final SqlDialect dialect;
    private final CheckpointKey key;
    private volatile boolean closed;

    SqlThreads(SqlDatabase database, CheckpointKey key) {
        this.database = database;
        this.dialect = database.dialect();
        this.key = key;
    }

    @Override
    public Optional<CheckpointKey> key() {
        return Optional.of(key);
    }

    @Override
    public Optional<ThreadState> find(ThreadKey thread) {
        return read(session -> ThreadTable.find(session, thread).map(ThreadRow::state));
    }

    @Override
    public ThreadState claim(ThreadKey thread, Claim claim) {
        return write(session -> {
            if (claim.mode() == Claim.Mode.CREATE) {
                create(session, thread, claim);
            } else {
                take(session, thread, claim);
            }
            return ThreadTable.find(session, thread).orElseThrow().state();
        });
    }

    private static void create(SqlSession session, ThreadKey thread, Claim claim) throws SQLException {
        if (!ThreadTable.create(session, thread, claim)) {
            throw Refusals.exists(thread);
        }
    }

    private void take(SqlSession session, ThreadKey thread, Claim claim) throws SQLException {
        ThreadRow row = ThreadTable.lock(session, thread, dialect).orElseThrow(() -> Refusals.notFound(thread));
        if (claim.mode() != Claim.Mode.TAKE_OVER) {
            requireFree(row, claim.now());
        }
        ThreadTable.claim(session, row.id(), claim);
    }

    private static void requireFree(ThreadRow row, Instant now) {
        if (row.isHeld(Micros.of(now))) {
            throw Refusals.busy(row.key(), row.owner(), row.leaseUntil());
        }
    }

    @Override
    public List<AppendResult> append(List<Append> appends) {
        if (appends.isEmpty()) {
            Checks.isOpen(closed);
            return List.of();
        }
        Map<ThreadKey, AppendChain> chains = new TreeMap<>(LOCKING_ORDER);
        for (int i = 0; i < appends.size(); i++) {
            chains.computeIfAbsent(appends.get(i).key(), each -> new AppendChain())
                    .add(appends.get(i), i);
        }
        return write(session -> {
            AppendResult[] results = AppendChain.superseded(appends.size());
            EntryBatch entries = new EntryBatch();
            for (AppendChain chain : chains.values()) {
                append(session, chain, entries, results);
            }
            if (entries.size() > 0) {
                dialect.insert(session, entries);
            }
            return List.of(results);
        });
    }

    /** Takes the thread to stand where the first append says; only when it does not, its row is read. */
    private void append(SqlSession session, AppendChain chain, EntryBatch entries, AppendResult[] results)
            throws SQLException {
        Append first = chain.first();
        if (advance(session, chain, first.epoch(), first.expectedHead(), entries, results)) {
            return;
        }
        Optional<ThreadRow> row = ThreadTable.lock(session, first.key(), dialect);
        if (row.isPresent()) {
            advance(session, chain, row.get().epoch(), row.get().head(), entries, results);
        }
    }

    private static boolean advance(
            SqlSession session, AppendChain chain, long epoch, long head, EntryBatch entries, AppendResult[] results)
            throws SQLException {
        List<Append> linked = chain.link(epoch, head);
        if (linked.isEmpty()) {
            return false;
        }
        OptionalLong id = ThreadTable.advance(session, head, linked.get(linked.size() - 1));
        if (id.isEmpty()) {
            return false;
        }
        for (Append append : linked) {
            entries.add(id.getAsLong(), append.entries());
        }
        chain.settle(results);
        return true;
    }

    @Override
    public List<CheckpointEntry> read(ThreadKey thread, long after, int limit) {
        Checks.read(after, limit);
        return read(session -> {
            OptionalLong id = ThreadTable.findId(session, thread);
            return id.isEmpty() ? List.of() : EntryTable.read(session, id.getAsLong(), after, limit);
        });
    }

    @Override
    public OptionalLong findSnapshot(ThreadKey thread, long atOrBefore) {
        return read(session -> {
            OptionalLong id = ThreadTable.findId(session, thread);
            return id.isEmpty() ? id : EntryTable.findSnapshot(session, id.getAsLong(), atOrBefore);
        });
    }

    @Override
    public List<ThreadState> list(String tenant, List<ThreadStatus> status, int offset, int limit) {
        Checks.list(offset, limit);
        Set<ThreadStatus> wanted = status.isEmpty() ? EnumSet.allOf(ThreadStatus.class) : EnumSet.copyOf(status);
        return read(session -> ThreadTable.list(session, tenant, wanted, offset, limit).stream()
                .map(ThreadRow::state)
                .toList());
    }

    @Override
    public long compact(ThreadKey thread, long epoch, long before) {
        return write(session -> {
            Optional<ThreadRow> row = ThreadTable.lock(session, thread, dialect).filter(r -> r.epoch() == epoch);
            if (row.isEmpty()) {
                return 0L;
            }
            long id = row.get().id();
            OptionalLong snapshot = EntryTable.findSnapshot(session, id, before);
            Checks.isSnapshot(snapshot.isPresent() && snapshot.getAsLong() == before, before);
            return EntryTable.delete(session, id, before - 1);
        });
    }

    @Override
    public boolean delete(ThreadKey thread, Instant now) {
        return write(session -> {
            Optional<ThreadRow> row = ThreadTable.lock(session, thread, dialect);
            if (row.isEmpty()) {
                return false;
            }
            requireFree(row.get(), now);
            EntryTable.delete(session, row.get().id(), Places.MAX_SEQUENCE);
            ThreadTable.delete(session, row.get().id());
            return true;
        });
    }

    @Override
    public int deleteAll(String tenant) {
        return write(session -> {
            List<Long> ids = ThreadTable.lockAll(session, tenant, dialect);
            for (long id : ids) {
                EntryTable.delete(session, id, Places.MAX_SEQUENCE);
                ThreadTable.delete(session, id);
            }
            return ids.size();
        });
    }

    @Override
    public void close() {
        closed = true;
        database.close();
    }

    private <T> T read(SqlWork<T> work) {
        Checks.isOpen(closed);
        return database.read(work);
    }

    private <T> T write(SqlWork<T> work) {
        Checks.isOpen(closed);
        return database.write(work);
    }
}
