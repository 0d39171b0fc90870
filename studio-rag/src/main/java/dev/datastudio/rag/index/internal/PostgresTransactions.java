package dev.datastudio.rag.index.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.workspace.SqlWork;
import dev.datastudio.core.workspace.internal.PostgresErrors;
import dev.datastudio.core.workspace.internal.PostgresTransaction;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Transactions on a PostgreSQL server, each on a connection of its own. What two of them do to the same rows is kept
 * apart by locks on those rows; a transaction that the server undoes for another one's sake runs again. Thread-safe.
 */
public final class PostgresTransactions {
    private static final String READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    // A process that is paused, or whose network is gone, must not keep rows locked until it comes back.
    private static final String WRITE = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
            + " SET LOCAL idle_in_transaction_session_timeout = '10s'; SET LOCAL lock_timeout = '60s';"
            + " SET LOCAL synchronous_commit = ON";
    private static final int MAX_TRIES = 20;
    private static final String QUERY_CANCELED = "57014";
    /** Two made the same row, or published two versions of a document. */
    private static final String UNIQUE_VIOLATION = "23505";
    /** A table of vectors went with its index, after this transaction had seen the index. */
    private static final String UNDEFINED_TABLE = "42P01";

    private final DataSource source;

    /** @param source stays open */
    public PostgresTransactions(DataSource source) {
        this.source = source;
    }

    /** Runs queries that see one state of the tables. */
    public <T> T read(Cancellation cancellation, SqlWork<T> work) {
        return untilAlone(READ, cancellation, work);
    }

    /** Runs statements that take effect together, durably, or not at all; they may run several times. */
    public <T> T write(SqlWork<T> work) {
        return untilAlone(WRITE, Cancellation.none(), work);
    }

    private <T> T untilAlone(String beginning, Cancellation cancellation, SqlWork<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return PostgresTransaction.run(source, beginning, work);
            } catch (SQLException failure) {
                SQLException e = withoutValues(failure);
                if (cancellation.isCancelled() && PostgresErrors.state(e).equals(QUERY_CANCELED)) {
                    throw Cancellation.cancelledError();
                }
                if (!isCollision(e) || tries == MAX_TRIES) {
                    throw failure(e);
                }
                PostgresTransaction.pause(tries, e);
            }
        }
    }

    /** What the driver says of a batch shows the values of its rows; the reason behind it does not. */
    private static SQLException withoutValues(SQLException failure) {
        SQLException reason = failure.getNextException();
        return failure instanceof BatchUpdateException && reason != null ? reason : failure;
    }

    private static boolean isCollision(SQLException error) {
        String state = PostgresErrors.state(error);
        return PostgresErrors.isCollision(error) || state.equals(UNIQUE_VIOLATION) || state.equals(UNDEFINED_TABLE);
    }

    private static StudioException failure(SQLException error) {
        return PostgresErrors.state(error).equals(UNIQUE_VIOLATION)
                ? PostgresErrors.busy(error)
                : PostgresErrors.translate(error);
    }
}
