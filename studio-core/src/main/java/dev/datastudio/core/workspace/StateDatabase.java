package dev.datastudio.core.workspace;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.SqliteConnections.Access;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite database of a workspace: the catalogue, cached results and everything else that is transactional.
 *
 * <p>Readers see one consistent state and never wait; writers take turns, between threads and between processes. A
 * writer that waits longer than a second says so in the log and gives up after {@link #MAX_WAIT}. Every failure is a
 * {@link StudioException}: STORAGE_FULL, STORAGE_NOT_WRITABLE, STORAGE_BUSY, WORKSPACE_DAMAGED or STORAGE_FAILED.
 *
 * <p>Thread-safe. What runs inside {@link #read} and {@link #write} must carry the tenant of its
 * {@link dev.datastudio.api.tenant.Caller} in every statement.
 */
public final class StateDatabase implements TransactionalDatabase {
    /** How long a writer waits for another one. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(StateDatabase.class);
    private static final int TURN_MILLIS = 1_000;

    private final Path file;
    private final SqliteConnections connections;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final SqliteReaders readers;
    private @Nullable Connection writer;
    private volatile boolean closed;

    private StateDatabase(Path file, SqliteOpening opening) throws SQLException {
        this.file = file;
        this.connections = opening.connections();
        this.readers = new SqliteReaders(connections);
        if (isReadOnly()) {
            opening.first().close();
        } else {
            writer = prepareForWriting(opening.first());
        }
    }

    /**
     * Opens the database at a path and brings it up to date; makes it, but not its folder, when it is not there.
     *
     * <p>Where nothing can be written, an existing database opens for reading: see {@link #isReadOnly()}.
     *
     * @throws StudioException WORKSPACE_TOO_NEW when a newer Studio wrote it, and those of the class
     */
    public static StateDatabase open(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        SqliteOpening opening = SqliteOpening.open(absolute);
        try {
            return new StateDatabase(absolute, opening);
        } catch (SQLException e) {
            throw SqliteErrors.translate(absolute, e);
        }
    }

    /** Where the database lies, absolute. */
    public Path file() {
        return file;
    }

    /** Whether {@link #write} fails with STORAGE_NOT_WRITABLE because the place can't be written. */
    public boolean isReadOnly() {
        return connections.access() != Access.READ_WRITE;
    }

    @Override
    public Kind kind() {
        return Kind.SQLITE;
    }

    /**
     * Runs queries that see one consistent state.
     *
     * @throws IllegalStateException when closed
     */
    @Override
    public <T> T read(SqlWork<T> work) {
        requireOpen();
        try {
            return readers.read(work);
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, e);
        }
    }

    /**
     * Runs statements that take effect together or not at all. Once it returns, they also outlast a loss of power.
     *
     * @throws IllegalStateException when closed, or when called inside other work of this thread
     */
    @Override
    public <T> T write(SqlWork<T> work) {
        return write(work, "FULL");
    }

    /**
     * As {@link #write}, but a loss of power, not the end of the process, may undo the last of them. For what can be
     * computed again.
     */
    @Override
    public <T> T writeRelaxed(SqlWork<T> work) {
        return write(work, "NORMAL");
    }

    /**
     * As {@link #writeRelaxed}, but gives up at once when another thread or process is writing. For what may be left
     * undone.
     *
     * @return whether the work was done
     */
    public boolean tryWrite(SqlWork<?> work) {
        requireWritable();
        if (!writing.tryLock()) {
            return false;
        }
        try {
            requireOpen();
            Connection connection = writer();
            SqliteConnections.execute(connection, "PRAGMA synchronous = NORMAL");
            if (!beginAtOnce(connection)) {
                return false;
            }
            runAndCommit(connection, work);
            return true;
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, e);
        } finally {
            writing.unlock();
        }
    }

    private static boolean beginAtOnce(Connection connection) throws SQLException {
        SqliteConnections.execute(connection, "PRAGMA busy_timeout = 0");
        try {
            SqliteConnections.execute(connection, "BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (SqliteErrors.isBusy(e)) {
                return false;
            }
            throw e;
        } finally {
            SqliteConnections.execute(connection, "PRAGMA busy_timeout = " + TURN_MILLIS);
        }
    }

    private <T> T write(SqlWork<T> work, String synchronous) {
        requireWritable();
        long giveUpAt = System.nanoTime() + MAX_WAIT.toNanos();
        awaitTurn(giveUpAt);
        try {
            requireOpen();
            Connection connection = writer();
            SqliteConnections.execute(connection, "PRAGMA synchronous = " + synchronous);
            begin(connection, giveUpAt);
            return runAndCommit(connection, work);
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T runAndCommit(Connection connection, SqlWork<T> work) throws SQLException {
        boolean committed = false;
        try {
            T result = work.run(connection);
            SqliteConnections.execute(connection, "COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack(connection);
            }
        }
    }

    /** After some failures SQLite has rolled back already; a connection that won't is thrown away. */
    private void rollBack(Connection connection) {
        try {
            SqliteConnections.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            log.debug("Closing the writer of {} after a failed rollback", file, e);
            SqliteReaders.closeQuietly(connection);
            writer = null;
        }
    }

    private void awaitTurn(long giveUpAt) {
        try {
            if (writing.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            log.info("Waiting to write {}: another thread is writing", file);
            if (!writing.tryLock(giveUpAt - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw SqliteErrors.busy(file, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqliteErrors.busy(file, e);
        }
    }

    /** Each try waits a second inside SQLite. */
    private void begin(Connection connection, long giveUpAt) throws SQLException {
        boolean said = false;
        while (true) {
            try {
                SqliteConnections.execute(connection, "BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)
                        || System.nanoTime() > giveUpAt
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (!said) {
                    log.info("Waiting to write {}: another process is writing", file);
                    said = true;
                }
            }
        }
    }

    /** A writer waits in short turns, to be able to say so. */
    private static Connection prepareForWriting(Connection connection) throws SQLException {
        SqliteConnections.execute(connection, "PRAGMA busy_timeout = " + TURN_MILLIS);
        return connection;
    }

    private Connection writer() throws SQLException {
        Connection connection = writer;
        if (connection == null) {
            connection = prepareForWriting(connections.open());
            writer = connection;
        }
        return connection;
    }

    /** The version of the schema that this code knows; each newer one is refused. */
    public static int newestVersion() {
        return SchemaUpgrade.VERSION;
    }

    /** The version of the schema, {@link #newestVersion()} since opening brings it up to date. */
    public int version() {
        return read(SchemaUpgrade::versionOf);
    }

    /**
     * Copies the database as it is at one moment, while others read and write.
     *
     * @param copy where it goes; must not be there yet
     */
    public void copyTo(Path copy) {
        requireOpen();
        try (Connection connection = connections.open()) {
            SqliteConnections.copy(connection, copy);
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, e);
        }
    }

    /**
     * What SQLite's own check of the whole file finds, one sentence each; empty when all is well. Reads every page.
     */
    public List<String> integrityProblems() {
        return read(SqliteConnections::integrityProblems);
    }

    /** As {@link #integrityProblems()}, of a copy that nobody has open and that stays as it is. */
    public static List<String> problems(Path copy) {
        try (Connection connection = new SqliteConnections(copy, Access.IMMUTABLE).open()) {
            return SqliteConnections.integrityProblems(connection);
        } catch (SQLException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Runs queries on a copy that nobody has open and that stays as it is. */
    public static <T> T readCopy(Path copy, SqlWork<T> work) {
        try (Connection connection = new SqliteConnections(copy, Access.IMMUTABLE).open()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw SqliteErrors.translate(copy, e);
        }
    }

    /** Waits for the write in progress, then closes. Does nothing when called again. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            readers.close();
            if (writer != null) {
                SqliteReaders.closeQuietly(writer);
                writer = null;
            }
        } finally {
            writing.unlock();
        }
    }

    private void requireWritable() {
        requireOpen();
        if (isReadOnly()) {
            throw SqliteErrors.notWritable(file, null);
        }
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("write must not be called inside the work of another write");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The state database '" + file + "' is closed");
        }
    }
}
