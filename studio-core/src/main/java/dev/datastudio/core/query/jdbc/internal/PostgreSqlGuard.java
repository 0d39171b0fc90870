package dev.datastudio.core.query.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A read-only transaction, whose settings end with it. Not thread-safe. */
final class PostgreSqlGuard extends SessionGuard {
    PostgreSqlGuard(Connection connection) {
        super(connection);
    }

    /** Within a cursor each part that is fetched is a statement of its own, so one limit fits both clocks. */
    @Override
    void begin(Duration limit, ReadOnlySession.Clock clock) throws SQLException {
        connection().setAutoCommit(false);
        run("SET TRANSACTION READ ONLY");
        run("SET LOCAL standard_conforming_strings = on");
        run("SET LOCAL statement_timeout = " + Math.min(limit.toMillis(), Integer.MAX_VALUE));
    }

    @Override
    void end() throws SQLException {
        connection().rollback();
    }
}
