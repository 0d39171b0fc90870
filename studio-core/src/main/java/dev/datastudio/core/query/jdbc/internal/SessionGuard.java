package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.core.analysis.SqlDialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The settings that a session reads under, and how they are put back. Not thread-safe. */
abstract class SessionGuard {
    private final Connection connection;

    SessionGuard(Connection connection) {
        this.connection = connection;
    }

    static SessionGuard of(SqlDialect dialect, Connection connection) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgreSqlGuard(connection);
            case MYSQL -> new MySqlGuard(connection);
            case SQLITE -> new SqliteGuard(connection);
            case SQLSERVER -> new SqlServerGuard(connection);
            case DUCKDB -> throw new IllegalArgumentException("DuckDB has an engine of its own");
        };
    }

    /**
     * From here on the connection only reads.
     *
     * @param limit how long the server lets a statement run
     */
    abstract void begin(Duration limit, ReadOnlySession.Clock clock) throws SQLException;

    /** Ends what was begun, and puts the settings back. */
    abstract void end() throws SQLException;

    final Connection connection() {
        return connection;
    }

    final void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }
}
