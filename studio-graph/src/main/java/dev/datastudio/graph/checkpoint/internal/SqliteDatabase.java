package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.error.StudioException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that writes, and as many as needed that read. Thread-safe. */
final class SqliteDatabase implements SqlDatabase {
    private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int KEPT_READERS = 4;

    private final SqliteFile file;
    private final SqliteFailures failures;
    private final SqlDialect dialect = new SqliteDialect();
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedDeque<StatementCache> idleReaders = new ConcurrentLinkedDeque<>();
    private @Nullable StatementCache writer;
    private volatile boolean closed;

    SqliteDatabase(SqliteFile file, StatementCache writer) {
        this.file = file;
        this.failures = file.failures();
        this.writer = writer;
    }

    @Override
    public SqlDialect dialect() {
        return dialect;
    }

    @Override
    public <T> T read(SqlWork<T> work) {
        try {
            StatementCache reader = idleReaders.pollFirst();
            if (reader == null) {
                reader = new StatementCache(file.connect());
            }
            boolean done = false;
            try {
                reader.execute("BEGIN DEFERRED");
                T result = work.run(reader);
                reader.execute("COMMIT");
                done = true;
                return result;
            } finally {
                giveBack(reader, done);
            }
        } catch (SQLException e) {
            throw failures.translate(e);
        }
    }

    private void giveBack(StatementCache reader, boolean isSound) {
        if (!isSound || closed || idleReaders.size() >= KEPT_READERS) {
            close(reader);
            return;
        }
        idleReaders.addFirst(reader);
        if (closed) {
            closeReaders();
        }
    }

    @Override
    public <T> T write(SqlWork<T> work) {
        awaitTurn();
        try {
            Checks.isOpen(closed);
            StatementCache session = writer;
            if (session == null) {
                session = new StatementCache(file.connect());
                writer = session;
            }
            session.execute("BEGIN IMMEDIATE");
            return runAndCommit(session, work);
        } catch (SQLException e) {
            throw failures.translate(e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T runAndCommit(StatementCache session, SqlWork<T> work) throws SQLException {
        boolean committed = false;
        try {
            T result = work.run(session);
            session.execute("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack(session);
            }
        }
    }

    /** After some failures SQLite has rolled back already; a connection that won't is thrown away. */
    private void rollBack(StatementCache session) {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            log.debug("Closing the connection that writes after a failed rollback", e);
            close(session);
            writer = null;
        }
    }

    /** Waits even when interrupted: a cancelled run still has to write that it was. */
    private void awaitTurn() {
        long giveUpAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SqliteFile.BUSY_MILLIS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (writing.tryLock(giveUpAt - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw busy();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StudioException busy() {
        return failures.busy(null);
    }

    /** Waits for the write in progress. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            closeReaders();
            if (writer != null) {
                close(writer);
                writer = null;
            }
        } finally {
            writing.unlock();
        }
    }

    private void closeReaders() {
        for (StatementCache each = idleReaders.pollFirst(); each != null; each = idleReaders.pollFirst()) {
            close(each);
        }
    }

    private static void close(StatementCache session) {
        try (Connection connection = session.connection()) {
            log.trace("Closing {}", connection);
            session.closeStatements();
        } catch (SQLException e) {
            log.debug("A connection could not be closed", e);
        }
    }
}
