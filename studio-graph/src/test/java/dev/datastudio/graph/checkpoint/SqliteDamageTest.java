package dev.datastudio.graph.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.checkpoint.internal.SqliteFile;
import dev.datastudio.testkit.disk.SmallDisk;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of threads in SQLite when the disk or someone on it does not play along. */
class SqliteDamageTest {
    private static final ThreadKey KEY = new ThreadKey("acme", "t1");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void losesNothingWhenTheDiskIsFullAndGoesOnWhenItIsNot() throws IOException {
        try (SmallDisk disk = SmallDisk.mount();
                CheckpointStore store = SqliteCheckpointStore.open(disk.root().resolve("graph.db"))) {
            ThreadState state = claim(store, Claim.Mode.CREATE);
            disk.fill();

            long head = 0;
            StudioException failure = null;
            while (failure == null && head < 1_000) {
                try {
                    assertEquals(AppendResult.STORED, append(store, state, head, 10_000));
                    head++;
                } catch (StudioException e) {
                    failure = e;
                }
            }

            assertEquals(ErrorCode.STORAGE_FULL, failure == null ? null : failure.code());
            assertHolds(store, head);
            disk.free();
            assertEquals(AppendResult.STORED, append(store, state, head, 10_000));
            assertHolds(store, head + 1);
        }
    }

    @Test
    void losesNothingWhenTheDiskBecomesReadOnly() throws IOException {
        try (SmallDisk disk = SmallDisk.mount()) {
            Path file = disk.root().resolve("graph.db");
            try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
                append(store, claim(store, Claim.Mode.CREATE), 0, 100);
            }
            disk.makeReadOnly();

            StudioException refusal = assertThrows(StudioException.class, () -> SqliteCheckpointStore.open(file));

            assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, refusal.code(), refusal::what);
        }
    }

    @Test
    void waitsForAnotherProcessThatWritesAndReadsMeanwhile() throws Exception {
        Path file = folder.resolve("graph.db");
        try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
            ThreadState state = claim(store, Claim.Mode.CREATE);
            Thread other = new Thread(() -> append(store, state, 0, 100));
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                other.start();
                other.join(200);
                assertTrue(other.isAlive());
                assertHolds(store, 0);
                statement.execute("ROLLBACK");
            }

            other.join(60_000);

            assertHolds(store, 1);
        }
    }

    @Test
    void saysWhenAnotherProcessDoesNotLetGo() throws SQLException {
        Path file = folder.resolve("graph.db");
        try (CheckpointStore store = SqliteFile.open(file, null, Duration.ofMillis(50))) {
            ThreadState state = claim(store, Claim.Mode.CREATE);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                StudioException failure = assertThrows(StudioException.class, () -> append(store, state, 0, 100));
                assertEquals(ErrorCode.STORAGE_BUSY, failure.code(), failure::what);
            }

            assertHolds(store, 0);
            assertEquals(AppendResult.STORED, append(store, state, 0, 100));
        }
    }

    @Test
    void storesWhatAnInterruptedThreadAppends() {
        try (CheckpointStore store = SqliteCheckpointStore.open(folder.resolve("graph.db"))) {
            ThreadState state = claim(store, Claim.Mode.CREATE);
            Thread.currentThread().interrupt();

            AppendResult result = append(store, state, 0, 100);

            assertTrue(Thread.interrupted());
            assertEquals(AppendResult.STORED, result);
        }
    }

    @Test
    void namesTheDriverWhenItIsAbsent() throws Exception {
        List<URL> classes = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!each.contains("sqlite-jdbc")) {
                classes.add(Path.of(each).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method open =
                    loader.loadClass(SqliteCheckpointStore.class.getName()).getMethod("open", Path.class);

            InvocationTargetException failure =
                    assertThrows(InvocationTargetException.class, () -> open.invoke(null, folder.resolve("graph.db")));

            String message = String.valueOf(failure.getCause());
            assertTrue(message.contains("'org.xerial:sqlite-jdbc'"), message);
        }
    }

    @Test
    void namesAFileThatIsNoDatabase() throws IOException {
        Path file = write(20);
        byte[] garbage = new byte[(int) Files.size(file)];
        new Random(3).nextBytes(garbage);
        Files.write(file, garbage);

        StudioException refusal = refused(ErrorCode.CHECKPOINT_DAMAGED, file);

        assertTrue(refusal.what().contains(file.toString()), refusal::what);
    }

    @Test
    void namesAFileThatWasEmptied() throws IOException {
        Path file = write(20);
        Files.write(file, new byte[0]);

        refused(ErrorCode.CHECKPOINT_DAMAGED, file);

        assertEquals(0, Files.size(file));
    }

    @Test
    void namesAFileThatWasCutShort() throws IOException {
        Path file = write(200);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2 / 4096 * 4096);
        }

        StudioException failure = assertThrows(StudioException.class, () -> readAll(file));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, failure.code(), failure::what);
    }

    @Test
    void namesAPageThatWasOverwritten() throws IOException {
        Path file = write(200);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer garbage = ByteBuffer.allocate(4096);
            new Random(5).nextBytes(garbage.array());
            for (long page = 5; (page + 1) * 4096 < channel.size(); page++) {
                channel.write(garbage.rewind(), page * 4096);
            }
        }

        StudioException failure = assertThrows(StudioException.class, () -> readAll(file));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, failure.code(), failure::what);
    }

    @Test
    void wantsTheKeyOfEntriesThatAreThere() throws IOException {
        Path file = write(3);
        Path keyFile = folder.resolve("graph.db.key");
        byte[] bytes = Files.readAllBytes(keyFile);
        Files.delete(keyFile);

        StudioException missing = refused(ErrorCode.FILE_NOT_FOUND, file);

        assertTrue(missing.what().contains(keyFile.toString()), missing::what);
        assertFalse(Files.exists(keyFile));
        Files.write(keyFile, Arrays.copyOf(bytes, 31));
        refused(ErrorCode.CHECKPOINT_DAMAGED, file);
        Files.write(keyFile, bytes);
        readAll(file);
    }

    @Test
    void makesANewKeyWhereNothingWasWrittenWithTheOldOne() throws IOException {
        Path file = folder.resolve("graph.db");
        SqliteCheckpointStore.open(file).close();
        Files.delete(folder.resolve("graph.db.key"));

        try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
            assertEquals(32, Files.readAllBytes(folder.resolve("graph.db.key")).length);
            assertTrue(store.key().isPresent());
        }
    }

    @Test
    void saysWhenTablesAreNotAsTheyWere() throws SQLException {
        Path file = folder.resolve("graph.db");
        SqliteCheckpointStore.open(file).close();
        SqliteCheckpointStoreTest.sql(file, "DROP TABLE graph_entry");

        try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
            ThreadState state = claim(store, Claim.Mode.CREATE);
            StudioException failure = assertThrows(StudioException.class, () -> append(store, state, 0, 10));
            assertEquals(ErrorCode.STORAGE_FAILED, failure.code());
            assertEquals(0, store.find(KEY).orElseThrow().head());
        }
    }

    private Path write(int count) {
        Path file = folder.resolve("graph.db");
        try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
            ThreadState state = claim(store, Claim.Mode.CREATE);
            for (int head = 0; head < count; head++) {
                append(store, state, head, 500);
            }
        }
        return file;
    }

    private static void readAll(Path file) {
        try (CheckpointStore store = SqliteCheckpointStore.open(file)) {
            assertHolds(store, store.find(KEY).orElseThrow().head());
        }
    }

    private static StudioException refused(ErrorCode code, Path file) {
        StudioException refusal = assertThrows(StudioException.class, () -> SqliteCheckpointStore.open(file));
        assertEquals(code, refusal.code(), refusal::what);
        return refusal;
    }

    private static ThreadState claim(CheckpointStore store, Claim.Mode mode) {
        return store.claim(KEY, new Claim(mode, "a", NOW, NOW.plusSeconds(60), "g", 1));
    }

    private static AppendResult append(CheckpointStore store, ThreadState state, long head, int bytes) {
        CheckpointEntry entry = new CheckpointEntry(head + 1, EntryKind.STEP, body(head + 1, bytes), new byte[32]);
        return store.append(List.of(new Append(
                        KEY, state.epoch(), head, List.of(entry), ThreadStatus.RUNNING, NOW, NOW.plusSeconds(60))))
                .get(0);
    }

    private static byte[] body(long sequence, int bytes) {
        byte[] body = new byte[bytes];
        new Random(sequence).nextBytes(body);
        return body;
    }

    private static void assertHolds(CheckpointStore store, long head) {
        assertEquals(head, store.find(KEY).orElseThrow().head());
        List<CheckpointEntry> entries = store.read(KEY, 0, 10_000);
        assertEquals(head, entries.size());
        for (CheckpointEntry entry : entries) {
            assertArrayEquals(body(entry.sequence(), entry.body().length), entry.body());
        }
    }
}
