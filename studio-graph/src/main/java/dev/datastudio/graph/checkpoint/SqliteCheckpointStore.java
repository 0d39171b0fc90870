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
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.checkpoint.internal.SqliteFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps threads in a SQLite file, which several processes of one machine may use at once. Thread-safe.
 *
 * <p>Once a call returns, what it stored outlasts a loss of power. One call writes at a time; another one waits up to 30
 * seconds for its turn and then fails with STORAGE_BUSY. Readers never wait. The tables {@code graph_schema}, {@code
 * graph_thread} and {@code graph_entry} may lie beside others. Needs {@code org.xerial:sqlite-jdbc} on the class path.
 */
public final class SqliteCheckpointStore implements CheckpointStore {
    private final CheckpointStore threads;

    private SqliteCheckpointStore(CheckpointStore threads) {
        this.threads = threads;
    }

    /**
     * Opens a database whose key lies beside it, in the file of the same name with {@code .key} added; makes both, but not
     * their folder, when there is none. Keep backups of the two apart: whoever has both can forge entries.
     *
     * @throws StudioException {@link ErrorCode#FILE_NOT_FOUND} if the folder, or the key of entries that are there, is
     *     missing; {@link ErrorCode#WORKSPACE_TOO_NEW} if a newer Studio made the tables; {@link
     *     ErrorCode#CHECKPOINT_DAMAGED} if the file is no database; {@link ErrorCode#DEPENDENCY_MISSING} without the
     *     driver; and those of the storage
     */
    public static SqliteCheckpointStore open(Path file) {
        return new SqliteCheckpointStore(SqliteFile.open(file, null, SqliteFile.MAX_WAIT));
    }

    /** As {@link #open(Path)}, with a key that is kept elsewhere. */
    public static SqliteCheckpointStore open(Path file, CheckpointKey key) {
        return new SqliteCheckpointStore(
                SqliteFile.open(file, Objects.requireNonNull(key, "key"), SqliteFile.MAX_WAIT));
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
