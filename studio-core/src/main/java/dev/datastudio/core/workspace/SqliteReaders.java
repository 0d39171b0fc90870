package dev.datastudio.core.workspace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections for reading: as many as there are readers at once, of which a few are kept. Thread-safe. */
final class SqliteReaders implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteReaders.class);
    private static final int KEPT = 4;

    private final SqliteConnections connections;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SqliteReaders(SqliteConnections connections) {
        this.connections = connections;
    }

    <T> T read(SqlWork<T> work) throws SQLException {
        Connection connection = idle.pollFirst();
        if (connection == null) {
            connection = connections.open();
        }
        try {
            SqliteConnections.execute(connection, "BEGIN DEFERRED");
            return work.run(connection);
        } finally {
            giveBack(connection);
        }
    }

    /** A connection that can't end its transaction, as after some failures, is not used again. */
    void giveBack(Connection connection) {
        if (!closed && idle.size() < KEPT && endTransaction(connection)) {
            idle.addFirst(connection);
            if (closed) {
                close();
            }
        } else {
            closeQuietly(connection);
        }
    }

    private static boolean endTransaction(Connection connection) {
        try {
            SqliteConnections.execute(connection, "ROLLBACK");
            return true;
        } catch (SQLException e) {
            log.debug("A reader is closed because it could not end its transaction", e);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            closeQuietly(each);
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A connection could not be closed", e);
        }
    }
}
