package dev.datastudio.core.query.jdbc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.MySqlServers;
import dev.datastudio.core.query.SqlServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Sessions of the servers that only Docker brings. */
@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class ContainerSessionTest {
    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void mySqlEndsAStatementByItsOwnClock() throws SQLException {
        try (ReadOnlySession session = ReadOnlySession.begin(
                        MySqlServers.newDatabase().getConnection(),
                        SqlDialect.MYSQL,
                        Duration.ofMillis(1),
                        ReadOnlySession.Clock.STATEMENT);
                PreparedStatement statement = session.prepare(ReadOnlySessionTest.endless())) {
            SQLException stopped = assertThrows(SQLException.class, statement::executeQuery);

            assertEquals(ErrorCode.QUERY_TIMEOUT, session.error(stopped, "shop").code(), stopped.getMessage());
        }
    }

    @Test
    void sqlServerTakesBackWhateverWasWritten() throws SQLException {
        try (Connection connection = SqlServers.newDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (id INTEGER)");
            SessionGuard guard = SessionGuard.of(SqlDialect.SQLSERVER, connection);

            guard.begin(Duration.ofSeconds(10), ReadOnlySession.Clock.STATEMENT);
            statement.execute("INSERT INTO kept VALUES (1)");
            statement.execute("CREATE TABLE made (id INTEGER)");
            guard.end();

            assertEquals("0", text(connection, "SELECT count(*) FROM kept"));
            assertEquals("1", text(connection, "SELECT count(*) FROM sys.tables"));
        }
    }

    @Test
    void sqlServerGetsItsSettingsBack() throws SQLException {
        try (Connection connection = SqlServers.newDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET QUOTED_IDENTIFIER OFF");
            statement.execute("SET LOCK_TIMEOUT 1234");
            String options = text(connection, "SELECT @@OPTIONS");
            int isolation = connection.getTransactionIsolation();
            SessionGuard guard = SessionGuard.of(SqlDialect.SQLSERVER, connection);

            guard.begin(Duration.ofSeconds(10), ReadOnlySession.Clock.STATEMENT);
            assertEquals("x", text(connection, "SELECT \"x\" FROM (SELECT 'x' AS \"x\") AS t"));
            guard.end();

            assertEquals(options, text(connection, "SELECT @@OPTIONS"));
            assertEquals("1234", text(connection, "SELECT @@LOCK_TIMEOUT"));
            assertEquals(isolation, connection.getTransactionIsolation());
            assertTrue(connection.getAutoCommit());
        }
    }
}
