package dev.datastudio.core.query.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A transaction of SQL Server that is always rolled back: it has no transactions that can only read, and no limit of its
 * own for the time of a statement, but one for the wait for a lock. Not thread-safe.
 */
final class SqlServerGuard extends SessionGuard {
    /** Rows as they were when the transaction began, without locks; the driver has no name for it in the standard. */
    private static final int SNAPSHOT = 4096;

    private static final String SNAPSHOT_ALLOWED =
            "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()";

    private static final long QUOTED_IDENTIFIER = 256;
    private static final long XACT_ABORT = 16384;
    private static final long ANSI_WARNINGS = 8;
    private static final long ANSI_PADDING = 16;
    private static final long ANSI_NULLS = 32;
    private static final long CONCAT_NULL_YIELDS_NULL = 4096;

    private long options;
    private String lockTimeout = "";
    private int isolation;

    SqlServerGuard(Connection connection) {
        super(connection);
    }

    @Override
    void begin(Duration limit, ReadOnlySession.Clock clock) throws SQLException {
        options = Long.parseLong(text("SELECT @@OPTIONS"));
        lockTimeout = text("SELECT @@LOCK_TIMEOUT");
        isolation = connection().getTransactionIsolation();
        if (text(SNAPSHOT_ALLOWED).equals("1")) {
            connection().setTransactionIsolation(SNAPSHOT);
        }
        run("SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, CONCAT_NULL_YIELDS_NULL ON");
        run("SET XACT_ABORT ON");
        run("SET LOCK_TIMEOUT " + Math.min(limit.toMillis(), Integer.MAX_VALUE));
        connection().setAutoCommit(false);
    }

    @Override
    void end() throws SQLException {
        connection().rollback();
        connection().setAutoCommit(true);
        connection().setTransactionIsolation(isolation);
        put("QUOTED_IDENTIFIER", QUOTED_IDENTIFIER);
        put("ANSI_NULLS", ANSI_NULLS);
        put("ANSI_PADDING", ANSI_PADDING);
        put("ANSI_WARNINGS", ANSI_WARNINGS);
        put("CONCAT_NULL_YIELDS_NULL", CONCAT_NULL_YIELDS_NULL);
        put("XACT_ABORT", XACT_ABORT);
        run("SET LOCK_TIMEOUT " + lockTimeout);
    }

    /** Only what was off is set: the others are as they were, but for the last. */
    private void put(String setting, long bit) throws SQLException {
        if ((options & bit) == 0) {
            run("SET " + setting + " OFF");
        }
    }
}
