package dev.datastudio.core.workspace.internal;

import dev.datastudio.core.workspace.SqlWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction on a PostgreSQL server, and the pause before it is tried again. */
public final class PostgresTransaction {
    private static final Logger log = LoggerFactory.getLogger(PostgresTransaction.class);
    private static final int MAX_PAUSE_MILLIS = 100;

    private PostgresTransaction() {}

    /**
     * Runs work on a connection of its own and commits it; undoes it when it fails.
     *
     * @param beginning the statement that begins the transaction
     */
    public static <T> T run(DataSource source, String beginning, SqlWork<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try (Statement statement = connection.createStatement()) {
                statement.execute(beginning);
                result = work.run(connection);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
            endTransactions(connection);
            return result;
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e); // a broken connection has no transaction left
        }
    }

    /** For pools that give a connection to the next one as it is. */
    private static void endTransactions(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            log.debug("A connection broke after its transaction was committed", e);
        }
    }

    /** Waits before another try. Of random length, so that those who met don't meet again. */
    public static void pause(int tries, SQLException collision) {
        int longest = Math.min(MAX_PAUSE_MILLIS, 1 << Math.min(tries, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PostgresErrors.busy(collision);
        }
    }
}
