package dev.datastudio.core.query.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A connection that takes no statement that writes; there is no server whose clock could run. Not thread-safe. */
final class SqliteGuard extends SessionGuard {
    private String earlier = "";

    SqliteGuard(Connection connection) {
        super(connection);
    }

    @Override
    void begin(Duration limit, ReadOnlySession.Clock clock) throws SQLException {
        earlier = text("PRAGMA query_only");
        connection().setAutoCommit(true);
        run("PRAGMA query_only = ON");
    }

    @Override
    void end() throws SQLException {
        run("PRAGMA query_only = " + earlier);
    }
}
