package dev.datastudio.core.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void keepsWhatWasWrittenAcrossAReopening() {
        try (StateDatabase database = StateDatabase.open(file())) {
            database.write(StateDatabaseTest::addEntry);
            database.writeRelaxed(StateDatabaseTest::addEntry);
        }

        try (StateDatabase database = StateDatabase.open(file())) {
            assertEquals(2, database.read(StateDatabaseTest::countEntries));
            assertEquals(List.of(), database.integrityProblems());
        }
    }

    @Test
    void undoesEverythingOfAFailedWrite() {
        try (StateDatabase database = StateDatabase.open(file())) {
            IllegalStateException failure = assertThrows(
                    IllegalStateException.class,
                    () -> database.write(connection -> {
                        addEntry(connection);
                        throw new IllegalStateException("stop");
                    }));

            assertEquals("stop", failure.getMessage());
            assertEquals(0, database.read(StateDatabaseTest::countEntries));
            database.write(StateDatabaseTest::addEntry);
            assertEquals(1, database.read(StateDatabaseTest::countEntries));
        }
    }

    @Test
    void readsOneStateWhileAnotherThreadWrites() {
        try (StateDatabase database = StateDatabase.open(file())) {
            int seen = database.read(connection -> {
                int before = countEntries(connection);
                database.write(StateDatabaseTest::addEntry);
                return countEntries(connection) - before;
            });

            assertEquals(0, seen);
            assertEquals(1, database.read(StateDatabaseTest::countEntries));
        }
    }

    @Test
    void refusesToWriteInsideAWrite() {
        try (StateDatabase database = StateDatabase.open(file())) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.write(connection -> database.write(StateDatabaseTest::addEntry)));
        }
    }

    @Test
    void opensInAFolderWithSpecialCharacters() throws IOException {
        Path special = Files.createDirectories(folder.resolve("a b?c#d%20é;x"));

        try (StateDatabase database = StateDatabase.open(special.resolve("state.db"))) {
            database.write(StateDatabaseTest::addEntry);
        }

        assertTrue(Files.size(special.resolve("state.db")) > 0);
    }

    @Test
    void keepsItsFileToItsOwner() throws IOException {
        StateDatabase.open(file()).close();

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void refusesTheDatabaseOfANewerStudio() throws SQLException {
        StateDatabase.open(file()).close();
        raw("PRAGMA user_version = 99");

        StudioException refusal = assertThrows(StudioException.class, () -> StateDatabase.open(file()));

        assertEquals(ErrorCode.WORKSPACE_TOO_NEW, refusal.code());
        assertEquals(
                "The state database '" + file() + "' has version 99, this Studio knows versions up to "
                        + SchemaUpgrade.VERSION
                        + ". Use the newer Studio that wrote it, or open another workspace.",
                refusal.getMessage());
    }

    @Test
    void takesTheVersionFromTheHistoryWhenTheUpgradeStoppedBeforeItsLastStep() throws SQLException {
        StateDatabase.open(file()).close();
        raw("PRAGMA user_version = 0");

        StateDatabase.open(file()).close();

        assertFalse(Files.exists(folder.resolve("state.db.backup-v1")));
        assertEquals(SchemaUpgrade.VERSION, rawNumber("PRAGMA user_version"));
    }

    @Test
    void upgradesAnOlderDatabaseAfterABackup() throws SQLException, IOException {
        try (StateDatabase database = StateDatabase.open(file())) {
            database.write(StateDatabaseTest::addEntry);
        }

        new SchemaUpgrade(file(), 1000, "classpath:db/migration/sqlite,classpath:db/upgrade".split(",")).run();

        assertEquals(1000, rawNumber("PRAGMA user_version"));
        assertEquals(1, rawNumber("SELECT count(*) FROM sqlite_master WHERE name = 'next_version'"));
        assertEquals(1, rawNumber("SELECT count(*) FROM result_cache"));
        Path backup = folder.resolve("state.db.backup-v" + SchemaUpgrade.VERSION);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
        try (StateDatabase old = StateDatabase.open(backup)) {
            assertEquals(1, old.read(StateDatabaseTest::countEntries));
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(file(), "region,sales\nnorth,1\n".repeat(200));
        byte[] before = Files.readAllBytes(file());

        StudioException refusal = assertThrows(StudioException.class, () -> StateDatabase.open(file()));

        assertEquals(ErrorCode.WORKSPACE_DAMAGED, refusal.code());
        assertTrue(refusal.mend().startsWith("Restore it from a backup"), refusal.mend());
        assertEquals(new String(before, UTF_8), Files.readString(file()));
    }

    @Test
    void saysThatADatabaseWithLostPagesIsDamaged() throws IOException {
        try (StateDatabase database = StateDatabase.open(file())) {
            for (int i = 0; i < 50; i++) {
                database.writeRelaxed(StateDatabaseTest::addEntry);
            }
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));

        StudioException refusal = assertThrows(StudioException.class, () -> {
            try (StateDatabase database = StateDatabase.open(file())) {
                database.write(StateDatabaseTest::addEntry);
            }
        });

        assertEquals(ErrorCode.WORKSPACE_DAMAGED, refusal.code());
    }

    @Test
    void refusesADatabaseOfAnotherProgram() throws SQLException {
        raw("CREATE TABLE notes (text TEXT)");

        StudioException refusal = assertThrows(StudioException.class, () -> StateDatabase.open(file()));

        assertEquals(ErrorCode.WORKSPACE_DAMAGED, refusal.code());
        assertEquals(1, rawNumber("SELECT count(*) FROM sqlite_master"));
    }

    @Test
    void knowsTheNumberOfItsLastScript() throws IOException, URISyntaxException {
        URL scripts = StateDatabase.class.getClassLoader().getResource("db/migration/sqlite");

        int last;
        try (Stream<Path> files = Files.list(Path.of(scripts.toURI()))) {
            last = files.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches("V\\d+__.*\\.sql"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
        }

        assertEquals(last, SchemaUpgrade.VERSION);
    }

    private Path file() {
        return folder.resolve("state.db");
    }

    private void raw(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int rawNumber(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            return number(connection, sql);
        }
    }

    private static Integer addEntry(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("INSERT INTO result_cache"
                    + " (tenant, namespace, key, value, checksum, size, created_at, used_at)"
                    + " SELECT 'a', 'n', 'k' || count(*), x'00', 0, 1, 0, 0 FROM result_cache");
        }
    }

    private static int countEntries(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM result_cache");
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
