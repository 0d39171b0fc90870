package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of an answer come into a folder all together or not at all (D5, D6). */
class OutFolderTest {
    @TempDir
    Path folder;

    private Studio studio;
    private Answer answer;

    @BeforeEach
    void ask() throws IOException {
        studio = Studio.inMemory();
        Path sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10.5\nSouth,20\nSouth,30\n");
        answer = Analyst.of(studio)
                .ask(
                        studio.datasets().importFile(sales),
                        "show distribution of sales and plot average sales by region");
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void copiesTheFilesAndTheManifest() throws IOException {
        Path out = folder.resolve("new/out");

        Answer copied = new OutFolder(studio, out).copy(answer);

        assertTrue(files(out).contains("dist_plots/sales.png"), files(out).toString());
        assertTrue(files(out).contains("results.json"), files(out).toString());
        assertTrue(copied.steps().stream()
                .flatMap(step -> step.artifacts().stream())
                .allMatch(artifact -> Path.of(artifact.path()).startsWith(out)));
    }

    @Test
    void keepsWhatElseIsThere() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("dist_plots"));
        Files.writeString(out.resolve("notes.txt"), "mine");
        Files.writeString(out.resolve("dist_plots/sales.png"), "old");

        new OutFolder(studio, out).copy(answer);

        assertEquals("mine", Files.readString(out.resolve("notes.txt")));
        assertTrue(Files.size(out.resolve("dist_plots/sales.png")) > 1000);
    }

    @Test
    void leavesNothingWhenAFileIsMissing() throws IOException {
        Path out = folder.resolve("out");
        studio.artifacts().delete(lastArtifact());

        StudioException failure = assertThrows(StudioException.class, () -> new OutFolder(studio, out).copy(answer));

        assertEquals(ErrorCode.ARTIFACT_NOT_FOUND, failure.code());
        assertFalse(Files.exists(out));
    }

    @Test
    void leavesTheOldFilesWhenOneCannotBeWritten() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("dist_plots"));
        Files.writeString(out.resolve("dist_plots/sales.png"), "old");
        Files.writeString(out.resolve("plots"), "a file where a folder has to be");

        StudioException failure = assertThrows(StudioException.class, () -> new OutFolder(studio, out).copy(answer));

        assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, failure.code());
        assertEquals(List.of("dist_plots/sales.png", "plots"), files(out));
        assertEquals("old", Files.readString(out.resolve("dist_plots/sales.png")));
    }

    private ArtifactKey lastArtifact() {
        List<ArtifactKey> keys = answer.steps().stream()
                .flatMap(step -> step.artifacts().stream())
                .map(artifact -> new ArtifactKey(artifact.key()))
                .toList();
        return keys.get(keys.size() - 1);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
