package dev.datastudio.core.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.ChildJvm;
import dev.datastudio.core.workspace.Workspace;
import dev.datastudio.testkit.artifact.ArtifactStoreContract;
import dev.datastudio.testkit.artifact.FailingArtifactStore;
import dev.datastudio.testkit.disk.SmallDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest extends ArtifactStoreContract {
    @TempDir
    Path folder;

    @Override
    protected ArtifactStore store() throws IOException {
        return fileStore(folder);
    }

    @Test
    void keepsFilesToTheirOwner() throws IOException {
        FileArtifactStore store = fileStore(folder);
        store.put(key("t/u/a"), content("x"));

        Path file = store.localPath(key("t/u/a"));

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    void neverFollowsALink() throws IOException {
        FileArtifactStore store = fileStore(folder);
        store.put(key("t/u/a"), content("mine"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("tenants/t/u/link"), outside);
        Files.createSymbolicLink(folder.resolve("tenants/t/u/file"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("tenants/t/u/inside"), folder.resolve("tenants/t/u/a"));

        for (String name : List.of("t/u/link/secret", "t/u/file", "t/u/inside", "t/u/link/new/file")) {
            assertRefused(() -> store.open(key(name)));
            assertRefused(() -> store.find(key(name)));
            assertRefused(() -> store.delete(key(name)));
            assertRefused(() -> store.localPath(key(name)));
            assertRefused(() -> store.put(key(name), content("overwritten")));
        }
        assertRefused(() -> store.list(key("t/u/link")));
        assertEquals(1, store.list(key("t")).size());
        assertEquals(1, store.deleteAll(key("t")));
        assertEquals("secret", Files.readString(outside.resolve("secret")));
        try (Stream<Path> left = Files.list(outside)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void refusesANameBeneathAnArtifactAndAboveOne() {
        FileArtifactStore store = fileStore(folder);
        store.put(key("t/a"), content("x"));
        store.put(key("t/b/c"), content("x"));

        assertRefused(() -> store.put(key("t/a/b"), content("y")));
        assertRefused(() -> store.put(key("t/b"), content("y")));
    }

    @Test
    void movesAFinishedFileIn() throws IOException {
        FileArtifactStore store = fileStore(folder);
        Path finished = Files.writeString(folder.resolve("finished"), "done");

        assertEquals(4, store.adopt(key("t/u/data.duckdb"), finished).sizeBytes());

        assertFalse(Files.exists(finished));
        assertEquals("done", Files.readString(store.localPath(key("t/u/data.duckdb"))));
    }

    @Test
    void leavesTheOldContentAndNoHalfFileOnAFullDisk() throws IOException {
        try (SmallDisk disk = SmallDisk.mount()) {
            FileArtifactStore store = fileStore(disk.root());
            store.put(key("t/u/a"), content("old"));

            StudioException full =
                    assertThrows(StudioException.class, () -> store.put(key("t/u/a"), content("x".repeat(2_000_000))));

            assertEquals(ErrorCode.STORAGE_FULL, full.code());
            assertTrue(full.what().startsWith("The artifact 't/u/a' could not be stored: the disk of '"), full.what());
            assertEquals("Free some space there, or open another workspace", full.mend());
            assertEquals("old", read(store, "t/u/a"));
            assertEmpty(disk.root().resolve("tmp"));
        }
    }

    @Test
    void readsAndRefusesToWriteOnAReadOnlyPlace() throws IOException {
        try (SmallDisk disk = SmallDisk.mount()) {
            FileArtifactStore store = fileStore(disk.root());
            store.put(key("t/u/a"), content("old"));
            disk.makeReadOnly();

            StudioException put = assertThrows(StudioException.class, () -> store.put(key("t/u/a"), content("new")));
            StudioException deletion = assertThrows(StudioException.class, () -> store.delete(key("t/u/a")));

            assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, put.code());
            assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, deletion.code());
            assertEquals("old", read(store, "t/u/a"));
        }
    }

    @Test
    void canBeMadeToFailFromAWriteOnForTests() throws IOException {
        FileArtifactStore files = fileStore(folder);
        ArtifactStore store = new FailingArtifactStore(files, ErrorCode.STORAGE_FULL, 1);
        store.put(key("t/a"), content("old"));

        for (int i = 0; i < 2; i++) {
            StudioException full = assertThrows(StudioException.class, () -> store.put(key("t/a"), content("new")));
            assertEquals(ErrorCode.STORAGE_FULL, full.code());
        }

        assertEquals("old", read(store, "t/a"));
    }

    @RepeatedTest(5)
    void showsWholeContentOnlyWhenItsProcessIsKilled() throws IOException {
        try (ChildJvm writer = ChildJvm.start(ArtifactChild.class, folder.toString())) {
            for (int i = 0; i < 20; i++) {
                writer.awaitLine("stored");
            }
            writer.kill();
        }

        try (Workspace workspace = Workspace.open(folder)) {
            FileArtifactStore store = FileArtifactStore.in(workspace);
            assertFalse(store.list(key("t")).isEmpty());
            for (var artifact : store.list(key("t"))) {
                String text = read(store, artifact.key().value());
                assertEquals(ArtifactChild.LENGTH, text.length());
                assertEquals(1, text.chars().distinct().count());
            }
        }
    }

    private static void assertRefused(Runnable access) {
        StudioException refusal = assertThrows(StudioException.class, access::run);
        assertEquals(ErrorCode.ARTIFACT_KEY_INVALID, refusal.code());
    }

    private static void assertEmpty(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static FileArtifactStore fileStore(Path parent) {
        try {
            return FileArtifactStore.at(parent.resolve("tenants"), Files.createDirectories(parent.resolve("tmp")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(ArtifactStore store, String name) throws IOException {
        try (InputStream content = store.open(key(name))) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static ArtifactKey key(String name) {
        return new ArtifactKey(name);
    }
}
