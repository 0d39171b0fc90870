package dev.datastudio.core.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.disk.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path parent;

    @Test
    void makesItsFolderForItsOwnerAlone() throws IOException {
        try (Workspace workspace = Workspace.open(parent.resolve("a/studio-data"))) {
            assertEquals(parent.resolve("a/studio-data"), workspace.folder());
            assertFalse(workspace.isReadOnly());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.folder())));
            assertTrue(workspace.temporaryFolder().startsWith(workspace.folder()));
        }
    }

    @Test
    void leavesNothingOfATemporaryWorkspace() throws IOException {
        Path folder;
        try (Workspace workspace = Workspace.temporary()) {
            folder = workspace.folder();
            Files.createDirectories(workspace.tenants().resolve("local/local"));
            Files.writeString(workspace.tenants().resolve("local/local/a.txt"), "a");
            Files.writeString(workspace.temporaryFolder().resolve("half"), "b");
        }

        assertFalse(Files.exists(folder));
    }

    @Test
    void removesItsHalfDoneWorkWhenItCloses() throws IOException {
        Path half;
        try (Workspace workspace = Workspace.open(parent)) {
            half = Files.writeString(workspace.temporaryFolder().resolve("half"), "b");
        }

        assertFalse(Files.exists(half.getParent()));
    }

    @Test
    void removesOldHalfDoneWorkThatNobodyHolds() throws IOException {
        Path old = leftover("old", NOW.minus(Duration.ofHours(25)));
        Path young = leftover("young", NOW.minus(Duration.ofHours(23)));

        Workspace.open(parent, InstantSource.fixed(NOW)).close();

        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young.resolve("half")));
    }

    @Test
    void leavesOldHalfDoneWorkOfOthersWhoStillRun() throws IOException {
        try (Workspace mine = Workspace.open(parent);
                ChildJvm other = ChildJvm.start(WorkspaceChild.class, parent.toString())) {
            Path ofThisProcess = mine.temporaryFolder();
            Path ofTheOther = Path.of(other.awaitLine("folder ").substring("folder ".length()));
            Files.setLastModifiedTime(ofThisProcess, FileTime.from(NOW.minus(Duration.ofDays(900))));
            Files.setLastModifiedTime(ofTheOther, FileTime.from(NOW.minus(Duration.ofDays(900))));

            Workspace.open(parent).close();
            assertTrue(Files.exists(ofThisProcess));
            assertTrue(Files.exists(ofTheOther));

            other.kill();
            Files.setLastModifiedTime(ofTheOther, FileTime.from(NOW.minus(Duration.ofDays(900))));
            Workspace.open(parent).close();
            assertTrue(Files.exists(ofThisProcess));
            assertFalse(Files.exists(ofTheOther));
        }
    }

    @Test
    void refusesAFileAsItsFolder() throws IOException {
        Path file = Files.writeString(parent.resolve("data"), "x");

        StudioException refusal = assertThrows(StudioException.class, () -> Workspace.open(file));

        assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, refusal.code());
        assertEquals("The workspace '" + file + "' is a file", refusal.what());
        assertEquals("x", Files.readString(file));
    }

    @Test
    void readsAWorkspaceOnAReadOnlyPlaceAndRefusesToWriteThere() throws IOException {
        try (SmallDisk disk = SmallDisk.mount()) {
            Path folder = disk.root().resolve("studio-data");
            try (Workspace workspace = Workspace.open(folder)) {
                workspace.state().write(connection -> StateDatabaseChild.addPair(connection, "k"));
            }
            disk.makeReadOnly();

            try (Workspace workspace = Workspace.open(folder)) {
                assertTrue(workspace.isReadOnly());
                assertEquals(2, entries(workspace));
                StudioException row = assertThrows(
                        StudioException.class,
                        () -> workspace.state().write(connection -> StateDatabaseChild.addPair(connection, "l")));
                assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, row.code());
                assertEquals("The state database '" + folder.resolve("state.db") + "' can't be written", row.what());
                StudioException file = assertThrows(StudioException.class, workspace::temporaryFolder);
                assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, file.code());
            }
            StudioException fresh = assertThrows(
                    StudioException.class, () -> Workspace.open(disk.root().resolve("other")));
            assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, fresh.code());
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnOnceItIsNot() throws IOException {
        try (SmallDisk disk = SmallDisk.mount();
                Workspace workspace = Workspace.open(disk.root().resolve("studio-data"))) {
            disk.fill();
            StudioException full = assertThrows(StudioException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    String key = "k" + i;
                    workspace.state().write(connection -> StateDatabaseChild.addPair(connection, key));
                }
            });
            assertEquals(ErrorCode.STORAGE_FULL, full.code());
            assertEquals("Free some space there, or open another workspace", full.mend());

            disk.free();
            int before = entries(workspace);
            workspace.state().write(connection -> StateDatabaseChild.addPair(connection, "after"));
            assertEquals(before + 2, entries(workspace));
            assertTrue(workspace.state().integrityProblems().isEmpty());
        }
    }

    @Test
    void saysThatTheDiskIsFullWhenAWorkspaceIsMadeThere() throws IOException {
        try (SmallDisk disk = SmallDisk.mount()) {
            disk.fill();

            StudioException full = assertThrows(
                    StudioException.class, () -> Workspace.open(disk.root().resolve("studio-data")));

            assertEquals(ErrorCode.STORAGE_FULL, full.code());
            disk.free();
            Workspace.open(disk.root().resolve("studio-data")).close();
        }
    }

    private Path leftover(String name, Instant touched) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("tmp").resolve(name));
        Files.writeString(folder.resolve("half"), "half-done");
        Files.setLastModifiedTime(folder, FileTime.from(touched));
        return folder;
    }

    private static int entries(Workspace workspace) {
        return workspace.state().read(connection -> {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM result_cache")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }
}
