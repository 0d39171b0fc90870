package dev.datastudio.core.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqlite.SQLiteDataSource;

@Timeout(60)
class PostgresDatabaseTest {
    private DataSource source;

    @BeforeEach
    void makeDatabase() throws SQLException {
        source = PostgresServer.require().newDatabase();
    }

    @Test
    void makesItsTablesOnceHoweverManyOpenItAtOnce() {
        Executor ownThread = work -> new Thread(work).start(); // the common pool may have a single one
        List<CompletableFuture<Void>> opening = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            opening.add(CompletableFuture.runAsync(
                    () -> PostgresDatabase.open(source).close(), ownThread));
        }
        opening.forEach(CompletableFuture::join);

        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            assertEquals(1, number(database, "SELECT count(*) FROM studio_schema_history WHERE version = '1'"));
            assertEquals(0, number(database, "SELECT count(*) FROM entry"));
        }
    }

    @Test
    void makesItsTablesBesideThoseOfOthers() throws SQLException {
        execute("CREATE TABLE theirs (a INTEGER)");

        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            assertEquals(0, number(database, "SELECT count(*) FROM entry"));
        }
        PostgresDatabase.open(source).close();
    }

    @Test
    void hasTheServerUndoAWriteThatItsProcessLeavesOpen() {
        String timeout = "SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'";
        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            for (int i = 0; i < 2; i++) {
                assertEquals("10000", database.write(connection -> text(connection, timeout)));
                assertEquals("10000", database.writeRelaxed(connection -> text(connection, timeout)));
                assertEquals("0", database.read(connection -> text(connection, timeout)));
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void refusesADatabaseOfANewerStudio() throws SQLException {
        PostgresDatabase.open(source).close();
        execute("UPDATE studio_schema_history SET version = '999' WHERE version = '1'");

        StudioException refused = assertThrows(StudioException.class, () -> PostgresDatabase.open(source));

        assertEquals(ErrorCode.WORKSPACE_TOO_NEW, refused.code());
        assertTrue(refused.what().contains("version 999"), refused::what);
    }

    @Test
    void refusesAnotherKindOfDatabase() {
        SQLiteDataSource other = new SQLiteDataSource();
        other.setUrl("jdbc:sqlite::memory:");

        StudioException refused = assertThrows(StudioException.class, () -> PostgresDatabase.open(other));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.what().contains("'SQLite'"), refused::what);
    }

    @Test
    void undoesWorkThatFails() {
        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> database.write(connection -> {
                        insert(connection, "a");
                        throw new IllegalArgumentException("stop");
                    }));
            StudioException failed = assertThrows(
                    StudioException.class,
                    () -> database.write(connection -> insert(connection, "a") + insert(connection, "a")));

            assertEquals(ErrorCode.STORAGE_FAILED, failed.code());
            assertEquals(0, number(database, "SELECT count(*) FROM counter"));
            assertEquals(1, database.<Integer>write(connection -> insert(connection, "a")));
        }
    }

    @Test
    void neverShowsTheContentsOfARowInAMessage() {
        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            StudioException failed = assertThrows(
                    StudioException.class,
                    () -> database.write(connection -> insert(connection, "canary") + insert(connection, "canary")));

            assertFalse(failed.what().contains("canary"), failed::what);
        }
    }

    /** Each reads both rows and changes one: either may go first, but not both from the same beginning. */
    @Test
    void runsWorkAgainThatWasNotAlone() throws Exception {
        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            database.write(connection -> insert(connection, "a") + insert(connection, "b"));
            AtomicInteger runs = new AtomicInteger();
            CountDownLatch bothHaveRead = new CountDownLatch(2);

            Executor ownThread = work -> new Thread(work).start(); // the common pool may have a single one
            List<CompletableFuture<Integer>> writing = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                writing.add(CompletableFuture.supplyAsync(
                        () -> database.write(connection -> {
                            int sum = number(connection, "SELECT sum(total) FROM counter");
                            runs.incrementAndGet();
                            bothHaveRead.countDown();
                            await(bothHaveRead);
                            return update(
                                    connection,
                                    "UPDATE counter SET total = " + (sum + 1) + " WHERE name = '" + name + "'");
                        }),
                        ownThread));
            }
            writing.forEach(CompletableFuture::join);

            assertEquals(3, runs.get());
            assertEquals(3, number(database, "SELECT sum(total) FROM counter")); // 1, then 1 + 1 beside it
        }
    }

    @Test
    void readsOneStateAndCannotWriteWhileReading() {
        try (PostgresDatabase database = PostgresDatabase.open(source)) {
            int seen = database.read(connection -> {
                int before = number(connection, "SELECT count(*) FROM counter");
                CompletableFuture.runAsync(() -> database.write(other -> insert(other, "a")))
                        .join();
                return before + number(connection, "SELECT count(*) FROM counter");
            });
            StudioException refused =
                    assertThrows(StudioException.class, () -> database.read(connection -> insert(connection, "b")));

            assertEquals(0, seen);
            assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, refused.code());
            assertEquals(1, number(database, "SELECT count(*) FROM counter"));
        }
    }

    @Test
    void saysWhenTheServerIsGone() throws SQLException {
        PostgresDatabase database = PostgresDatabase.open(source);
        StudioException gone = assertThrows(
                StudioException.class,
                () -> database.read(connection ->
                        number(connection, "SELECT CASE WHEN pg_terminate_backend(pg_backend_pid()) THEN 1 END")));

        assertEquals(ErrorCode.STORAGE_FAILED, gone.code());
        assertTrue(gone.what().contains("can't be reached"), gone::what);
        assertEquals(0, number(database, "SELECT count(*) FROM counter"));
    }

    @Test
    void refusesNestedCallsAndUseAfterItWasClosed() {
        PostgresDatabase database = PostgresDatabase.open(source);

        assertThrows(
                IllegalStateException.class,
                () -> database.write(connection -> database.write(inner -> insert(inner, "a"))));
        assertEquals(1, database.<Integer>write(connection -> insert(connection, "a")));
        database.close();
        database.close();
        assertThrows(IllegalStateException.class, () -> number(database, "SELECT 1"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection()) {
            update(connection, sql);
        }
    }

    private static int insert(Connection connection, String name) throws SQLException {
        return update(connection, "INSERT INTO counter VALUES ('t', '" + name + "', 0, 0, 0)");
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static int number(PostgresDatabase database, String sql) {
        return database.read(connection -> number(connection, sql));
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : -1;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
