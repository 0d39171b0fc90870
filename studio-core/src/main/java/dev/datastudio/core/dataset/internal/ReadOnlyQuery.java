package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.progress.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Runs a query on a connection of its own that can't write meanwhile, and leaves the connection as it was. */
public final class ReadOnlyQuery {
    private static final int FETCH_ROWS = 5_000;

    private ReadOnlyQuery() {}

    /** What is done with the rows while they are there. */
    @FunctionalInterface
    public interface Work<T> {
        T run(ResultSet rows) throws SQLException;
    }

    /** Runs the query and the work on its rows, which come in groups. */
    public static <T> T run(DataSource database, String sql, Cancellation cancellation, Work<T> work)
            throws SQLException {
        cancellation.throwIfCancelled();
        try (Connection connection = database.getConnection()) {
            // SQLite's driver takes the flag of JDBC only before it connects.
            boolean sqlite = connection.getMetaData().getDatabaseProductName().equals("SQLite");
            boolean readOnly = connection.isReadOnly();
            boolean autoCommit = connection.getAutoCommit();
            protect(connection, sqlite, true);
            connection.setAutoCommit(false); // PostgreSQL gives rows in groups only within a transaction
            T done;
            try {
                done = query(connection, sql, cancellation, work);
            } catch (SQLException | RuntimeException | Error e) {
                restore(connection, sqlite, readOnly, autoCommit, e);
                cancellation.throwIfCancelled();
                throw e;
            }
            restore(connection, sqlite, readOnly, autoCommit);
            return done;
        }
    }

    private static void protect(Connection connection, boolean sqlite, boolean readOnly) throws SQLException {
        if (!sqlite) {
            connection.setReadOnly(readOnly);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = " + (readOnly ? "ON" : "OFF"));
        }
    }

    private static <T> T query(Connection connection, String sql, Cancellation cancellation, Work<T> work)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                Cancellation.Registration waiting = cancellation.onCancel(() -> DuckDb.interrupt(statement))) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery(sql)) {
                assert waiting != null;
                return work.run(rows);
            }
        }
    }

    private static void restore(Connection connection, boolean sqlite, boolean readOnly, boolean autoCommit)
            throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        protect(connection, sqlite, readOnly);
    }

    /** After a failure, which says more than that its connection can't be used any more. */
    private static void restore(
            Connection connection, boolean sqlite, boolean readOnly, boolean autoCommit, Throwable failure) {
        try {
            restore(connection, sqlite, readOnly, autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
