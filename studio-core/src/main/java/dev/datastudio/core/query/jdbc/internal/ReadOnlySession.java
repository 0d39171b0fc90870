package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A connection lent for one call, in a transaction that can't write, with the settings under which a statement has one
 * reading. They are put back before the connection is. Not thread-safe.
 */
public final class ReadOnlySession implements AutoCloseable {
    /** The watch stops a statement first; the server does where its message gets lost. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Backslashes are characters, double quotes hold names and two bars join texts, as in the standard. */
    private static final String MYSQL_MODE =
            "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION";

    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final SqlDialect dialect;
    private final boolean autoCommit;
    private String earlier = "";

    private ReadOnlySession(Connection connection, SqlDialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.autoCommit = connection.getAutoCommit();
    }

    /** Takes over a connection, and closes it in the end, or at once when it fails. */
    public static ReadOnlySession begin(Connection connection, SqlDialect dialect, Duration timeout)
            throws SQLException {
        try {
            ReadOnlySession session = new ReadOnlySession(connection, dialect);
            session.begin(timeout.plus(GRACE));
            return session;
        } catch (SQLException | RuntimeException e) {
            try (connection) {
                throw e;
            }
        }
    }

    private void begin(Duration timeout) throws SQLException {
        long millis = Math.min(timeout.toMillis(), Integer.MAX_VALUE);
        switch (dialect) {
            case POSTGRESQL -> {
                connection.setAutoCommit(false);
                run("SET TRANSACTION READ ONLY");
                run("SET LOCAL standard_conforming_strings = on");
                run("SET LOCAL statement_timeout = " + millis);
            }
            case MYSQL -> {
                earlier = text("SELECT @@SESSION.sql_mode");
                run("SET SESSION sql_mode = '" + MYSQL_MODE + "'");
                connection.setAutoCommit(true);
                run("START TRANSACTION READ ONLY");
            }
            case SQLITE -> {
                earlier = text("PRAGMA query_only");
                connection.setAutoCommit(true);
                run("PRAGMA query_only = ON");
            }
            case DUCKDB -> throw new IllegalArgumentException("DuckDB has an engine of its own");
        }
    }

    /** Prepares a statement whose rows are not all fetched at once; the caller closes it. */
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        boolean wholeUnlessTold = statement.getClass().getName().startsWith("com.mysql.");
        statement.setFetchSize(wholeUnlessTold ? Integer.MIN_VALUE : FETCH_ROWS);
        return statement;
    }

    /** The error for a statement that failed here. */
    public StudioException error(SQLException failure, String name) {
        return JdbcErrors.of(failure, name, connection);
    }

    SqlDialect dialect() {
        return dialect;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** Ends the transaction, puts the settings back and closes the connection. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            switch (dialect) {
                case POSTGRESQL -> connection.rollback();
                case MYSQL -> {
                    run("ROLLBACK");
                    run("SET SESSION sql_mode = '" + earlier.replace("'", "''") + "'");
                }
                case SQLITE -> run("PRAGMA query_only = " + earlier);
                case DUCKDB -> throw new IllegalArgumentException("DuckDB has an engine of its own");
            }
            connection.setAutoCommit(autoCommit);
        }
    }
}
