package dev.datastudio.core.workspace;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.SqliteConnections.Access;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
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
public final class StateDatabase implements AutoCloseable {
    /** How long a writer waits for another one. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(StateDatabase.class);
    private static final int IDLE_READERS = 4;

    private final Path file;
    private final SqliteConnections connections;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ConcurrentLinkedDeque<Connection> idleReaders = new ConcurrentLinkedDeque<>();
    private @Nullable Connection writer;
    private volatile boolean closed;

    private StateDatabase(Path file, SqliteConnections connections, Connection first) {
        this.file = file;
        this.connections = connections;
        if (connections.access() == Access.READ_WRITE) {
            writer = first;
        } else {
            idleReaders.add(first);
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
        try {
            return openForWriting(absolute);
        } catch (SQLException e) {
            if (SqliteErrors.isNotWritable(e) && Files.isReadable(absolute)) {
                return openForReading(absolute);
            }
            throw SqliteErrors.translate(absolute, e);
        }
    }

    private static StateDatabase openForWriting(Path file) throws SQLException {
        SqliteConnections connections = new SqliteConnections(file, Access.READ_WRITE);
        boolean isNew = !Files.exists(file);
        if (isNew) {
            create(file);
        } else if (!Files.isWritable(file)) {
            return openForReading(file);
        }
        Connection first = connections.open();
        try {
            int version = SchemaUpgrade.versionOf(first);
            if (version > SchemaUpgrade.VERSION) {
                throw SqliteErrors.tooNew(file, version, SchemaUpgrade.VERSION);
            }
            if (version < SchemaUpgrade.VERSION) {
                upgrade(file);
            }
            return new StateDatabase(file, connections, first);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(first);
            throw e;
        }
    }

    private static void create(Path file) {
        try {
            PrivateFiles.createFile(file);
        } catch (IOException e) {
            throw StorageErrors.writing("The state database could not be made", file, e);
        }
    }

    private static void upgrade(Path file) throws SQLException {
        try {
            new SchemaUpgrade(file).run();
        } catch (IOException e) {
            throw StorageErrors.writing("The state database could not be upgraded", file, e);
        }
    }

    private static StateDatabase openForReading(Path file) {
        Path pending = file.resolveSibling(file.getFileName() + "-wal");
        SqliteConnections shared = new SqliteConnections(file, Access.READ_ONLY);
        try {
            return openForReading(file, shared);
        } catch (SQLException e) {
            try {
                if (!SqliteErrors.isNotWritable(e) || (Files.exists(pending) && Files.size(pending) > 0)) {
                    throw SqliteErrors.translate(file, e);
                }
                return openForReading(file, new SqliteConnections(file, Access.IMMUTABLE));
            } catch (SQLException | IOException again) {
                again.addSuppressed(e);
                throw SqliteErrors.notWritable(file, again);
            }
        }
    }

    private static StateDatabase openForReading(Path file, SqliteConnections connections) throws SQLException {
        Connection first = connections.open();
        try {
            int version = SchemaUpgrade.versionOf(first);
            if (version > SchemaUpgrade.VERSION) {
                throw SqliteErrors.tooNew(file, version, SchemaUpgrade.VERSION);
            }
            if (version < SchemaUpgrade.VERSION) {
                throw SqliteErrors.notWritable(file, null);
            }
        } catch (SQLException | RuntimeException e) {
            closeQuietly(first);
            throw e;
        }
        log.warn("{} can't be written: it is open for reading only, and nothing new will be kept", file);
        return new StateDatabase(file, connections, first);
    }

    /** Where the database lies, absolute. */
    public Path file() {
        return file;
    }

    /** Whether {@link #write} fails with STORAGE_NOT_WRITABLE because the place can't be written. */
    public boolean isReadOnly() {
        return connections.access() != Access.READ_WRITE;
    }

    /**
     * Runs queries that see one consistent state.
     *
     * @throws IllegalStateException when closed
     */
    public <T> T read(SqlWork<T> work) {
        requireOpen();
        Connection connection = null;
        boolean reusable = false;
        try {
            connection = idleReaders.pollFirst();
            if (connection == null) {
                connection = connections.open();
            }
            execute(connection, "BEGIN DEFERRED");
            try {
                return work.run(connection);
            } finally {
                execute(connection, "ROLLBACK");
                reusable = true;
            }
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, e);
        } finally {
            if (connection != null) {
                giveBack(connection, reusable);
            }
        }
    }

    /**
     * Runs statements that take effect together or not at all. Once it returns, they also outlast a loss of power.
     *
     * @throws IllegalStateException when closed, or when called inside other work of this thread
     */
    public <T> T write(SqlWork<T> work) {
        return write(work, "FULL");
    }

    /**
     * As {@link #write}, but a loss of power, not the end of the process, may undo the last of them. For what can be
     * computed again.
     */
    public <T> T writeRelaxed(SqlWork<T> work) {
        return write(work, "NORMAL");
    }

    private <T> T write(SqlWork<T> work, String synchronous) {
        requireOpen();
        if (isReadOnly()) {
            throw SqliteErrors.notWritable(file, null);
        }
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("write must not be called inside the work of another write");
        }
        long giveUpAt = System.nanoTime() + MAX_WAIT.toNanos();
        awaitTurn(giveUpAt);
        try {
            requireOpen();
            Connection connection = writer();
            execute(connection, "PRAGMA synchronous = " + synchronous);
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
            execute(connection, "COMMIT");
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
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            log.debug("Closing the writer of {} after a failed rollback", file, e);
            closeQuietly(connection);
            writer = null;
        }
    }

    private void awaitTurn(long giveUpAt) {
        try {
            if (writing.tryLock(1, TimeUnit.SECONDS)) {
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
                execute(connection, "BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e) || System.nanoTime() > giveUpAt || Thread.interrupted()) {
                    throw e;
                }
                if (!said) {
                    log.info("Waiting to write {}: another process is writing", file);
                    said = true;
                }
            }
        }
    }

    private Connection writer() throws SQLException {
        Connection connection = writer;
        if (connection == null) {
            connection = connections.open();
            writer = connection;
        }
        return connection;
    }

    private void giveBack(Connection connection, boolean reusable) {
        if (reusable && !closed && idleReaders.size() < IDLE_READERS) {
            idleReaders.addFirst(connection);
            if (closed) {
                closeIdleReaders();
            }
        } else {
            closeQuietly(connection);
        }
    }

    /**
     * What SQLite's own check of the whole file finds, one sentence each; empty when all is well. Reads every page.
     */
    public List<String> integrityProblems() {
        return read(connection -> {
            List<String> problems = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
                while (rows.next()) {
                    problems.add(rows.getString(1));
                }
            }
            problems.remove("ok");
            return List.copyOf(problems);
        });
    }

    /** Waits for the write in progress, then closes. Does nothing when called again. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            closeIdleReaders();
            if (writer != null) {
                closeQuietly(writer);
                writer = null;
            }
        } finally {
            writing.unlock();
        }
    }

    private void closeIdleReaders() {
        for (Connection c = idleReaders.pollFirst(); c != null; c = idleReaders.pollFirst()) {
            closeQuietly(c);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The state database '" + file + "' is closed");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A connection could not be closed", e);
        }
    }
}
