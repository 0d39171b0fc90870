package dev.datastudio.graph.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.checkpoint.CheckpointStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCheckpointStoreTest extends CheckpointStoreContract {
    @TempDir
    Path folder;

    private int opened;

    @Override
    protected CheckpointStore open() {
        opened++;
        return SqliteCheckpointStore.open(file());
    }

    @Override
    protected Optional<CheckpointStore> openAgain() {
        return Optional.of(SqliteCheckpointStore.open(file()));
    }

    private Path file() {
        return folder.resolve("graph" + opened + ".db");
    }

    private Path keyFile() {
        return folder.resolve("graph" + opened + ".db.key");
    }

    @Test
    void makesAKeyThatOnlyTheOwnerMayRead() throws IOException {
        byte[] bytes = Files.readAllBytes(keyFile());

        assertEquals(32, bytes.length);
        for (Path file : new Path[] {keyFile(), file()}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        try (CheckpointStore store = openAgain().orElseThrow()) {
            assertEquals(Optional.of(CheckpointKey.of(bytes)), store.key());
        }
        try (CheckpointStore other = open()) {
            assertNotEquals(Optional.of(CheckpointKey.of(bytes)), other.key());
        }
    }

    @Test
    void usesAKeyThatIsKeptElsewhere() {
        byte[] bytes = new byte[40];
        Arrays.fill(bytes, (byte) 5);
        CheckpointKey key = CheckpointKey.of(bytes);
        Path file = folder.resolve("own.db");

        try (CheckpointStore store = SqliteCheckpointStore.open(file, key)) {
            assertEquals(Optional.of(key), store.key());
        }

        assertFalse(Files.exists(folder.resolve("own.db.key")));
    }

    @Test
    void liesBesideTheTablesOfOthers() throws SQLException {
        Path file = folder.resolve("shared.db");
        sql(file, "CREATE TABLE sales (n INTEGER)");
        sql(file, "PRAGMA user_version = 77");

        try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
            assertTrue(store.key().isPresent());
        }

        assertEquals(77, number(file, "PRAGMA user_version"));
        assertEquals(1, number(file, "SELECT version FROM graph_schema"));
    }

    @Test
    void refusesTablesOfANewerVersion() throws SQLException {
        sql(file(), "UPDATE graph_schema SET version = 99");

        StudioException refusal = refused(ErrorCode.WORKSPACE_TOO_NEW);

        assertTrue(refusal.what().contains("99"), refusal::what);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        StudioException refusal =
                assertThrows(StudioException.class, () -> SqliteCheckpointStore.open(folder.resolve("none/graph.db")));

        assertEquals(ErrorCode.FILE_NOT_FOUND, refusal.code());
    }

    private StudioException refused(ErrorCode code) {
        StudioException refusal = assertThrows(StudioException.class, () -> SqliteCheckpointStore.open(file()));
        assertEquals(code, refusal.code(), refusal::what);
        return refusal;
    }

    static void sql(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
