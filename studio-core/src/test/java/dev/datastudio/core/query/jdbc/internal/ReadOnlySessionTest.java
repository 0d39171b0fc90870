package dev.datastudio.core.query.jdbc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.testkit.server.MariaDbServer;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the server itself does, with nobody watching on this side. */
class ReadOnlySessionTest {
    private static final Duration NO_TIME = Duration.ofMillis(1);
    private static final String DIGITS =
            "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6)";

    /** Runs for days and reads no table: each row needs all of them before it can be told. */
    static String endless() {
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM " + DIGITS + " AS a");
        StringBuilder sum = new StringBuilder("a.n");
        for (char alias = 'b'; alias < 'p'; alias++) {
            sql.append(" CROSS JOIN ").append(DIGITS).append(" AS ").append(alias);
            sum.append(" + ").append(alias).append(".n");
        }
        return sql + " WHERE " + sum + " > 1000";
    }

    private static void assertTheServerStops(DataSource database, SqlDialect dialect) throws SQLException {
        long start = System.nanoTime();
        try (ReadOnlySession session = ReadOnlySession.begin(
                        database.getConnection(), dialect, NO_TIME, ReadOnlySession.Clock.STATEMENT);
                PreparedStatement statement = session.prepare(endless())) {
            SQLException stopped = assertThrows(SQLException.class, () -> drain(statement));

            assertEquals(ErrorCode.QUERY_TIMEOUT, session.error(stopped, "shop").code(), stopped.getMessage());
        }
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(30).toNanos());
    }

    private static void drain(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                rows.getLong(1);
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void postgreSqlEndsAStatementByItsOwnClock() throws SQLException {
        assertTheServerStops(PostgresServer.require().newDatabase(), SqlDialect.POSTGRESQL);
    }

    @Test
    void mariaDbEndsAStatementByItsOwnClock() throws SQLException {
        assertTheServerStops(MariaDbServer.require().newDatabase(), SqlDialect.MYSQL);
    }

    @Test
    void mariaDbKeepsAShorterLimitAndGetsItsOwnBack() throws SQLException {
        try (Connection connection = MariaDbServer.require().newDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION max_statement_time = 7.5");
            SessionGuard guard = SessionGuard.of(SqlDialect.MYSQL, connection);

            guard.begin(Duration.ofMinutes(1), ReadOnlySession.Clock.STATEMENT);
            assertEquals("7.500000", text(connection, "SELECT @@max_statement_time"));
            guard.end();
            guard = SessionGuard.of(SqlDialect.MYSQL, connection);
            guard.begin(Duration.ofSeconds(2), ReadOnlySession.Clock.STATEMENT);
            assertEquals("2.000000", text(connection, "SELECT @@max_statement_time"));
            guard.end();

            assertEquals("7.500000", text(connection, "SELECT @@max_statement_time"));
        }
    }

    @Test
    void mariaDbLeavesTheClockAloneWhereOnlyAFetchHasALimit() throws SQLException {
        try (Connection connection = MariaDbServer.require().newDatabase().getConnection()) {
            SessionGuard guard = SessionGuard.of(SqlDialect.MYSQL, connection);

            guard.begin(Duration.ofSeconds(2), ReadOnlySession.Clock.FETCH);
            assertEquals("0.000000", text(connection, "SELECT @@max_statement_time"));
            guard.end();
        }
    }
}
