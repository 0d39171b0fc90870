package dev.datastudio.core.artifact;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
    @TempDir
    Path root;

    @Test
    void refusesASecondLetterCaseWhereTheFileSystemFoldsIt() throws IOException {
        KeyFolder folder = new KeyFolder(root, KeyFolder.LetterCase.SAME_FILE);
        Files.createDirectories(root.resolve("acme/u"));

        StudioException refusal =
                assertThrows(StudioException.class, () -> folder.requireOwnPath(new ArtifactKey("Acme/u/a")));

        assertEquals(
                "The artifact name 'Acme/u/a' differs in letter case only from a name that is there", refusal.what());
        assertDoesNotThrow(() -> folder.requireOwnPath(new ArtifactKey("acme/u/a")));
        assertDoesNotThrow(() -> folder.requireOwnPath(new ArtifactKey("other/U/a")));
    }
}
