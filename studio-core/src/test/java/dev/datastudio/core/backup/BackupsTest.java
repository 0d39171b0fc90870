package dev.datastudio.core.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.workspace.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row S10. */
class BackupsTest {
    @TempDir
    Path folder;

    private record Item(long no, String name) {}

    private Path original() {
        return folder.resolve("original");
    }

    private Path backup() {
        return folder.resolve("all.zip");
    }

    private BackupSummary backUp(BackupOptions options) {
        try (Workspace workspace = Workspace.open(original())) {
            return Backups.create(workspace, backup(), options, InstantSource.system());
        }
    }

    private static Dataset importItems(Studio studio, String name, int count) {
        return studio.datasets()
                .importRecords(name, IntStream.rangeClosed(1, count).mapToObj(i -> new Item(i, name + i)));
    }

    @Test
    void bringsAWorkspaceBackElsewhere() {
        Dataset items;
        try (Studio studio = Studio.open(original())) {
            items = importItems(studio, "items", 1_000);
        }

        BackupSummary made = backUp(BackupOptions.DEFAULT);
        BackupSummary told = Backups.inspect(backup());
        Backups.restore(backup(), folder.resolve("restored"), BackupOptions.DEFAULT);

        assertEquals(made, told);
        try (Studio studio = Studio.open(folder.resolve("restored"))) {
            assertEquals(List.of(items), studio.datasets().list());
            assertEquals(
                    List.of(List.of(500_500L)),
                    studio.query(List.of(items), "SELECT sum(no)::BIGINT FROM items")
                            .rows());
        }
    }

    @Test
    void isOneMomentWhileOthersImportAndDelete() throws Exception {
        try (Studio studio = Studio.open(original())) {
            importItems(studio, "first", 10);
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                for (int i = 0; !done.get(); i++) {
                    Dataset made = importItems(studio, "more" + i, 50 + i);
                    if (i % 2 == 0) {
                        studio.datasets().delete(made.id());
                    }
                }
            });
            writer.start();
            List<Path> backups = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path file = folder.resolve("backup" + i + ".zip");
                try (Workspace workspace = Workspace.open(original())) {
                    Backups.create(workspace, file, BackupOptions.DEFAULT, InstantSource.system());
                }
                backups.add(file);
            }
            done.set(true);
            writer.join();
            for (Path file : backups) {
                Path restored = folder.resolve(file.getFileName() + ".restored");
                BackupSummary summary = Backups.restore(file, restored, BackupOptions.DEFAULT);
                try (Studio other = Studio.open(restored)) {
                    long readable = other.datasets().list().stream()
                            .filter(dataset -> Files.exists(other.datasets().file(dataset)))
                            .peek(dataset -> assertEquals(
                                    dataset.rowCount(),
                                    other.query(List.of(dataset), "SELECT * FROM " + dataset.table())
                                            .totalRows()))
                            .count();
                    assertTrue(
                            readable
                                    >= other.datasets().list().size()
                                            - summary.notes().size(),
                            summary.toString());
                    assertTrue(other.datasets().find("first").isPresent());
                }
            }
        }
    }

    @Test
    void notesADataSetThatIsDeletedMeanwhile() {
        try (Studio studio = Studio.open(original());
                Workspace workspace = Workspace.open(original())) {
            importItems(studio, "kept", 10);
            Dataset gone = importItems(studio, "gone", 10);
            AtomicBoolean first = new AtomicBoolean(true);
            BackupSummary made = Backups.create(
                    workspace,
                    backup(),
                    BackupOptions.DEFAULT.telling(progress -> {
                        if (first.getAndSet(false)) { // the state is copied, the files are not
                            studio.datasets().delete(gone.id());
                        }
                    }),
                    InstantSource.system());
            assertTrue(
                    made.notes()
                            .contains("The data set 'gone' (" + gone.id()
                                    + ") was deleted while the backup was made; its rows may not be in it."),
                    made.toString());
            assertTrue(made.notes().stream().noneMatch(note -> note.contains("kept")), made.toString());
        }
    }

    @Test
    void keepsTheKeyOfSecretsOutUnlessAskedFor() {
        String sealed;
        try (Studio studio = Studio.open(original())) {
            sealed = studio.vault().seal("local", "test", Secret.of("canary"));
        }

        BackupSummary without = backUp(BackupOptions.DEFAULT);
        Backups.restore(backup(), folder.resolve("without"), BackupOptions.DEFAULT);
        BackupOptions with = BackupOptions.DEFAULT.includingKeyFile();
        try (Workspace workspace = Workspace.open(original())) {
            Backups.create(workspace, folder.resolve("with.zip"), with, InstantSource.system());
        }
        Backups.restore(folder.resolve("with.zip"), folder.resolve("with"), with);

        assertEquals(1, without.notes().size());
        try (Studio studio = Studio.open(folder.resolve("without"))) {
            StudioException error =
                    assertThrows(StudioException.class, () -> studio.vault().open("local", "test", sealed));
            assertEquals(ErrorCode.SECRET_UNREADABLE, error.code());
        }
        try (Studio studio = Studio.open(folder.resolve("with"))) {
            assertEquals("canary", studio.vault().open("local", "test", sealed).reveal());
        }
    }

    @Test
    void overwritesNothing() throws IOException {
        Studio.open(original()).close();
        Files.writeString(backup(), "mine");
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> backUp(BackupOptions.DEFAULT)));
        assertEquals("mine", Files.readString(backup()));

        Files.delete(backup());
        backUp(BackupOptions.DEFAULT);
        assertEquals(
                ErrorCode.INVALID_ARGUMENT, code(() -> Backups.restore(backup(), original(), BackupOptions.DEFAULT)));
    }

    @Test
    void aCancelledOneLeavesNothing() throws IOException {
        Studio.open(original()).close();
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();
        assertEquals(ErrorCode.CANCELLED, code(() -> backUp(BackupOptions.DEFAULT.cancelledBy(cancellation))));
        assertFalse(Files.exists(backup()));

        backUp(BackupOptions.DEFAULT);
        assertEquals(
                ErrorCode.CANCELLED,
                code(() -> Backups.restore(
                        backup(), folder.resolve("r"), BackupOptions.DEFAULT.cancelledBy(cancellation))));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(backup(), original()), left.sorted().toList());
        }
    }

    @Test
    void aFlippedByteAnywhereIsFoundBeforeTheWorkspaceGetsItsName() throws IOException {
        try (Studio studio = Studio.open(original())) {
            importItems(studio, "items", 20);
        }
        backUp(BackupOptions.DEFAULT);
        byte[] whole = Files.readAllBytes(backup());
        Path target = folder.resolve("target");
        for (int at = 40; at < whole.length; at += Math.max(1, whole.length / 60)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(backup(), damaged);
            try {
                Backups.restore(backup(), target, BackupOptions.DEFAULT);
                try (Studio studio = Studio.open(target)) { // the byte meant nothing: a time stamp of the ZIP file
                    assertEquals(1, studio.datasets().list().size());
                }
                org.junit.jupiter.api.Assertions.assertTrue(deleteAll(target));
            } catch (StudioException e) {
                assertEquals(ErrorCode.BACKUP_INVALID, e.code(), e.getMessage());
                assertFalse(Files.exists(target));
            }
        }
    }

    @Test
    void contentThatBreaksOffIsDamage() throws IOException {
        Studio.open(original()).close();
        backUp(BackupOptions.DEFAULT);
        ByteBuffer zip = ByteBuffer.wrap(Files.readAllBytes(backup())).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (zip.getInt(at) != 0x02014b50) { // the first entry of the ZIP file's directory
            at++;
        }
        zip.putInt(at + 20, zip.getInt(at + 20) / 2); // its packed length
        Files.write(backup(), zip.array());

        Path target = folder.resolve("target");
        assertEquals(ErrorCode.BACKUP_INVALID, code(() -> Backups.restore(backup(), target, BackupOptions.DEFAULT)));
        assertFalse(Files.exists(target));
    }

    private static boolean deleteAll(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            return files.sorted(java.util.Comparator.reverseOrder())
                    .allMatch(file -> file.toFile().delete());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "tenants/../../evil",
                "/etc/evil",
                "tenants\\..\\evil",
                "C:/evil",
                "tenants/a/../b",
                "studio.sh",
                "tenants/",
                "tenants//x",
                "state.db-wal"
            })
    void holdsNothingThatAWorkspaceDoesNotConsistOf(String path) throws IOException {
        Studio.open(original()).close();
        backUp(BackupOptions.DEFAULT);
        Map<String, byte[]> entries = entries();
        String manifest = new String(entries.get("manifest.json"), UTF_8);
        String item =
                "{\"path\":\"" + path.replace("\\", "\\\\") + "\",\"length\":1,\"sha256\":\"" + "a".repeat(64) + "\"},";
        entries.put(
                "manifest.json",
                manifest.replaceFirst("\"files\" : \\[", "$0" + item.replace("\\", "\\\\"))
                        .getBytes(UTF_8));
        entries.put(path, new byte[] {1});
        write(entries);

        assertEquals(
                ErrorCode.BACKUP_INVALID,
                code(() -> Backups.restore(backup(), folder.resolve("t"), BackupOptions.DEFAULT)));
        assertFalse(Files.exists(folder.resolve("evil")));
    }

    @Test
    void holdsNothingTwice() throws IOException {
        Studio.open(original()).close();
        backUp(BackupOptions.DEFAULT);
        Map<String, byte[]> entries = entries();
        String manifest = new String(entries.get("manifest.json"), UTF_8);
        String again = "{\"path\":\"state.db\",\"length\":1,\"sha256\":\"" + "a".repeat(64) + "\"},";
        entries.put(
                "manifest.json",
                manifest.replaceFirst("\"files\" : \\[", "$0" + again).getBytes(UTF_8));
        write(entries);

        assertEquals(
                ErrorCode.BACKUP_INVALID,
                code(() -> Backups.restore(backup(), folder.resolve("t"), BackupOptions.DEFAULT)));
    }

    @Test
    void followsNoLinkOutOfTheWorkspace() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "not of the workspace");
        try (Studio studio = Studio.open(original())) {
            importItems(studio, "items", 5);
        }
        Path tenants = original().resolve("tenants");
        Files.createSymbolicLink(tenants.resolve("file"), secret);
        Files.createSymbolicLink(tenants.resolve("folder"), folder);

        backUp(BackupOptions.DEFAULT);

        assertTrue(entries().keySet().stream()
                .noneMatch(path -> path.startsWith("tenants/file") || path.startsWith("tenants/folder")));
    }

    @Test
    void aFileThatUnpacksToMoreThanItSaysIsStopped() throws IOException {
        Studio.open(original()).close();
        backUp(BackupOptions.DEFAULT);
        Map<String, byte[]> entries = entries();
        byte[] state = Objects.requireNonNull(entries.get("state.db"));
        entries.put("state.db", java.util.Arrays.copyOf(state, state.length + 50_000_000));
        write(entries);

        assertEquals(
                ErrorCode.BACKUP_INVALID,
                code(() -> Backups.restore(backup(), folder.resolve("t"), BackupOptions.DEFAULT)));
    }

    @Test
    void aBackupOfANewerStudioIsRefused() throws IOException {
        Studio.open(original()).close();
        backUp(BackupOptions.DEFAULT);
        Map<String, byte[]> entries = entries();
        String manifest = new String(entries.get("manifest.json"), UTF_8);
        entries.put(
                "manifest.json",
                manifest.replaceFirst("\"version\" : \\d+", "\"version\" : 999").getBytes(UTF_8));
        write(entries);

        assertEquals(
                ErrorCode.WORKSPACE_TOO_NEW,
                code(() -> Backups.restore(backup(), folder.resolve("t"), BackupOptions.DEFAULT)));
    }

    @Test
    void anyOtherFileIsNoBackup() throws IOException {
        Files.writeString(backup(), "no zip");
        assertEquals(ErrorCode.BACKUP_INVALID, code(() -> Backups.inspect(backup())));
        write(Map.of("a.txt", new byte[1]));
        assertEquals(ErrorCode.BACKUP_INVALID, code(() -> Backups.inspect(backup())));
        assertEquals(ErrorCode.FILE_NOT_FOUND, code(() -> Backups.inspect(folder.resolve("none.zip"))));
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(backup().toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private void write(Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(backup());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static ErrorCode code(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(StudioException.class, work).code();
    }
}
