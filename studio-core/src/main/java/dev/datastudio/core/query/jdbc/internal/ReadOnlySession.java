package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A connection lent for one call, in a transaction that can't write, with the settings under which a statement has one
 * reading. They are put back before the connection is. Not thread-safe.
 */
public final class ReadOnlySession implements AutoCloseable {
    /** The watch stops a statement first; the server does where its message gets lost. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final SqlDialect dialect;
    private final SessionGuard guard;
    private final Duration limit;
    private final Clock clock;
    private final boolean autoCommit;

    private ReadOnlySession(Connection connection, SqlDialect dialect, Duration limit, Clock clock)
            throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.guard = SessionGuard.of(dialect, connection);
        this.limit = limit;
        this.clock = clock;
        this.autoCommit = connection.getAutoCommit();
    }

    /** What a limit in time is for. */
    public enum Clock {
        /** A statement and all its rows. */
        STATEMENT,
        /** Each part of the rows that is fetched, where the server can tell it from the whole. */
        FETCH
    }

    /** Takes over a connection, and closes it in the end, or at once when it fails. */
    public static ReadOnlySession begin(Connection connection, SqlDialect dialect, Duration timeout, Clock clock)
            throws SQLException {
        try {
            ReadOnlySession session = new ReadOnlySession(connection, dialect, timeout.plus(GRACE), clock);
            session.guard.begin(session.limit, clock);
            return session;
        } catch (SQLException | RuntimeException e) {
            try (connection) {
                throw e;
            }
        }
    }

    /** Prepares a statement whose rows are not all fetched at once; the caller closes it. */
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        boolean wholeUnlessTold = statement.getClass().getName().startsWith("com.mysql.");
        statement.setFetchSize(wholeUnlessTold ? Integer.MIN_VALUE : FETCH_ROWS);
        if (dialect == SqlDialect.SQLSERVER && clock == Clock.STATEMENT) {
            // The server has no such limit: the driver tells it to stop.
            statement.setQueryTimeout((int) Math.min(limit.toSeconds() + 1, Integer.MAX_VALUE));
        }
        return statement;
    }

    /** The error for a statement that failed here. */
    public StudioException error(SQLException failure, String name) {
        return JdbcErrors.of(failure, name, connection);
    }

    SqlDialect dialect() {
        return dialect;
    }

    /** Ends the transaction, puts the settings back and closes the connection. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            guard.end();
            connection.setAutoCommit(autoCommit);
        }
    }
}
