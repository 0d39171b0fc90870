package dev.datastudio.core.query.jdbc.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** A read-only transaction of MySQL or MariaDB, which call the limit of a statement otherwise. Not thread-safe. */
final class MySqlGuard extends SessionGuard {
    /** Backslashes are characters, double quotes hold names and two bars join texts, as in the standard. */
    private static final String MODE =
            "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION";

    private String mode = "";
    private String limitName = "";
    private String earlierLimit = "";

    MySqlGuard(Connection connection) {
        super(connection);
    }

    /** The server's clock runs on while rows are fetched, so it is left alone where only a fetch has a limit. */
    @Override
    void begin(Duration limit, ReadOnlySession.Clock clock) throws SQLException {
        mode = text("SELECT @@SESSION.sql_mode");
        run("SET SESSION sql_mode = '" + MODE + "'");
        if (clock == ReadOnlySession.Clock.STATEMENT) {
            limit(limit);
        }
        connection().setAutoCommit(true);
        run("START TRANSACTION READ ONLY");
    }

    /** MariaDB counts in seconds, MySQL in milliseconds; a limit that the session has already is only made shorter. */
    private void limit(Duration limit) throws SQLException {
        boolean maria = isMariaDb();
        limitName = maria ? "max_statement_time" : "max_execution_time";
        earlierLimit = text("SELECT @@SESSION." + limitName);
        double wanted = maria ? limit.toMillis() / 1000.0 : limit.toMillis();
        double earlier = Double.parseDouble(earlierLimit);
        double shorter = earlier == 0 ? wanted : Math.min(earlier, wanted);
        run("SET SESSION " + limitName + " = "
                + (maria
                        ? String.format(Locale.ROOT, "%.3f", shorter)
                        : String.valueOf((long) Math.min(shorter, Integer.MAX_VALUE))));
    }

    private boolean isMariaDb() throws SQLException {
        DatabaseMetaData server = connection().getMetaData();
        String words = server.getDatabaseProductName() + " " + server.getDatabaseProductVersion();
        return words.toLowerCase(Locale.ROOT).contains("mariadb");
    }

    @Override
    void end() throws SQLException {
        run("ROLLBACK");
        run("SET SESSION sql_mode = '" + mode.replace("'", "''") + "'");
        if (!limitName.isEmpty()) {
            run("SET SESSION " + limitName + " = " + earlierLimit);
        }
    }
}
