package dev.datastudio.graph.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.checkpoint.CheckpointStoreContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the store on PostgreSQL must do besides, wherever the server runs. */
abstract class PostgresCheckpointStoreContract extends CheckpointStoreContract {
    private static final CheckpointKey SECRET = CheckpointKey.of(new byte[32]);
    private static final ThreadKey THREAD = new ThreadKey("acme", "t1");
    private static final Claim CLAIM =
            new Claim(Claim.Mode.CREATE, "a", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), "g", 1);

    /** A database in which the tables may be dropped. */
    protected abstract DataSource database() throws SQLException;

    @Override
    protected CheckpointStore open() {
        try {
            sql("DROP TABLE IF EXISTS graph_schema, graph_thread, graph_entry");
            return openAgain().orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Optional<CheckpointStore> openAgain() {
        try {
            return Optional.of(PostgresCheckpointStore.of(database(), SECRET));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givesTheKeyThatItWasGiven() {
        assertEquals(Optional.of(SECRET), openAgain().orElseThrow().key());
    }

    @Test
    void makesItsTablesOnceWhenManyBeginAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Boolean>> starters = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                CheckpointStore store = openAgain().orElseThrow();
                starters.add(() -> store.find(THREAD).isPresent());
            }

            for (Future<Boolean> each : threads.invokeAll(starters)) {
                assertFalse(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, number("SELECT count(*) FROM graph_schema"));
    }

    @Test
    void refusesTablesOfANewerVersion() throws SQLException {
        openAgain().orElseThrow().find(THREAD);
        sql("UPDATE graph_schema SET version = 99");
        CheckpointStore store = openAgain().orElseThrow();

        StudioException refusal = assertThrows(StudioException.class, () -> store.find(THREAD));

        assertEquals(ErrorCode.WORKSPACE_TOO_NEW, refusal.code());
        assertTrue(refusal.what().contains("99"), refusal::what);
    }

    @Test
    void saysWhenAServerCanNotBeWritten() throws SQLException {
        openAgain().orElseThrow().find(THREAD);
        sql("CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION USING ERRCODE = TG_ARGV[0]; END $$");
        for (String[] each : new String[][] {
            {"53100", "STORAGE_FULL"},
            {"25006", "STORAGE_NOT_WRITABLE"},
            {"55P03", "STORAGE_BUSY"},
            {"40P01", "STORAGE_BUSY"},
            {"XX001", "CHECKPOINT_DAMAGED"},
            {"58030", "STORAGE_FAILED"}
        }) {
            sql("CREATE OR REPLACE TRIGGER failing BEFORE DELETE ON graph_thread FOR EACH STATEMENT EXECUTE FUNCTION"
                    + " fail('" + each[0] + "')");
            sql("INSERT INTO graph_thread (tenant, thread, head, epoch, status, owner, lease_until, graph,"
                    + " graph_version, updated_at) VALUES ('acme', 't1', 0, 1, 'FAILED', 'a', 0, 'g', 1, 0)"
                    + " ON CONFLICT DO NOTHING");
            CheckpointStore store = openAgain().orElseThrow();

            StudioException failure =
                    assertThrows(StudioException.class, () -> store.delete(THREAD, Instant.EPOCH), each[0]);

            assertEquals(ErrorCode.valueOf(each[1]), failure.code(), failure::what);
            assertTrue(store.find(THREAD).isPresent());
        }
    }

    @Test
    void waitsForTheDiskEvenWhereTheServerWouldAnswerEarly() throws SQLException {
        openAgain().orElseThrow().find(THREAD);
        sql("CREATE TABLE seen (mode text)");
        sql("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN INSERT INTO seen SELECT current_setting('synchronous_commit'); RETURN NULL; END $$");
        sql("CREATE TRIGGER noting AFTER INSERT ON graph_thread FOR EACH STATEMENT EXECUTE FUNCTION note()");
        alterDatabase("SET synchronous_commit = off");
        try {
            openAgain().orElseThrow().claim(THREAD, CLAIM);
        } finally {
            alterDatabase("RESET synchronous_commit");
        }

        assertEquals(1, number("SELECT count(*) FROM seen WHERE mode = 'on'"));
    }

    private void alterDatabase(String setting) throws SQLException {
        sql("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I " + setting + "', current_database()); END $$");
    }

    @Test
    void leavesConnectionsAsTheyWere() throws SQLException {
        try (Connection connection = database().getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            CheckpointStore store = PostgresCheckpointStore.of(new OneConnection(connection), SECRET);

            store.claim(THREAD, CLAIM);
            assertThrows(StudioException.class, () -> store.claim(THREAD, CLAIM));

            assertTrue(store.find(THREAD).isPresent());
            assertFalse(connection.getAutoCommit());
            assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
        }
        assertTrue(openAgain().orElseThrow().find(THREAD).isPresent());
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
