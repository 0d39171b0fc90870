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
import dev.datastudio.graph.checkpoint.internal.PostgresDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Keeps threads in PostgreSQL 12 or later, for processes of any number of machines. Thread-safe.
 *
 * <p>The first call makes the tables {@code graph_schema}, {@code graph_thread} and {@code graph_entry} in the first schema
 * of the search path, unless they are there; a failure of WORKSPACE_TOO_NEW says that a newer Studio made them. Every call
 * takes a connection from the data source and gives it back as it was: let it be a pool.
 */
public final class PostgresCheckpointStore implements CheckpointStore {
    private final CheckpointStore threads;

    private PostgresCheckpointStore(CheckpointStore threads) {
        this.threads = threads;
    }

    /**
     * A store on the database that a data source connects to; does not connect yet.
     *
     * @param source stays open when the store is closed
     * @param key the same for all processes
     */
    public static PostgresCheckpointStore of(DataSource source, CheckpointKey key) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(key, "key");
        return new PostgresCheckpointStore(PostgresDatabase.open(source, key));
    }

    @Override
    public Optional<CheckpointKey> key() {
        return threads.key();
    }

    @Override
    public Optional<ThreadState> find(ThreadKey key) {
        return threads.find(key);
    }

    @Override
    public ThreadState claim(ThreadKey key, Claim claim) {
        return threads.claim(key, claim);
    }

    @Override
    public List<AppendResult> append(List<Append> appends) {
        return threads.append(appends);
    }

    @Override
    public List<CheckpointEntry> read(ThreadKey key, long after, int limit) {
        return threads.read(key, after, limit);
    }

    @Override
    public OptionalLong findSnapshot(ThreadKey key, long atOrBefore) {
        return threads.findSnapshot(key, atOrBefore);
    }

    @Override
    public List<ThreadState> list(String tenant, List<ThreadStatus> status, int offset, int limit) {
        return threads.list(tenant, status, offset, limit);
    }

    @Override
    public long compact(ThreadKey key, long epoch, long before) {
        return threads.compact(key, epoch, before);
    }

    @Override
    public boolean delete(ThreadKey key, Instant now) {
        return threads.delete(key, now);
    }

    @Override
    public int deleteAll(String tenant) {
        return threads.deleteAll(tenant);
    }

    @Override
    public void close() {
        threads.close();
    }
}
