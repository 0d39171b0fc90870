package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.core.Studio;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.Backups;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.index.LuceneSearchIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of workspaces with documents (S10, A9). */
@Timeout(180)
class BackedUpDocumentsTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Studio restored(Path backup) {
        Path workspace = folder.resolve(backup.getFileName() + ".restored");
        Backups.restore(backup, workspace, BackupOptions.DEFAULT);
        return Studio.open(workspace);
    }

    @Test
    void theRestoredWorkspaceAnswersAsTheOtherOneDid() {
        Path backup = folder.resolve("all.zip");
        Document added;
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = Documents.builder(studio).wordsOnly().build();
            added = documents.add(file("bridge.txt", "The bridge was opened in 1932."));
            studio.backUp(backup, BackupOptions.DEFAULT);
            documents.deleteAll();
        }

        try (Studio studio = restored(backup)) {
            Documents documents = Documents.builder(studio).wordsOnly().build();
            assertEquals(List.of(added), documents.list());
            assertEquals(
                    "The bridge was opened in 1932.",
                    documents
                            .ask("When was the bridge opened?")
                            .citations()
                            .get(0)
                            .quote());
            assertEquals("The bridge", documents.text(added.id(), 0, 10));
            assertEquals(List.of(), documents.resume(Duration.ZERO, AddOptions.DEFAULT));
        }
    }

    @Test
    void aBackupMadeWhileDocumentsAreReplacedIsWholeWhenItIsResumed() throws Exception {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = KilledIngestion.documents(studio);
            for (int number = 0; number < KilledIngestion.NAMES; number++) {
                documents.add(file(KilledIngestion.name(number), KilledIngestion.content(number)));
            }
            AtomicBoolean done = new AtomicBoolean();
            Thread adding = new Thread(() -> {
                for (int number = KilledIngestion.NAMES; !done.get(); number++) {
                    documents.add(file(KilledIngestion.name(number), KilledIngestion.content(number)));
                }
            });
            adding.start();
            for (int i = 0; i < 3; i++) {
                studio.backUp(folder.resolve("backup" + i + ".zip"), BackupOptions.DEFAULT);
            }
            done.set(true);
            adding.join();
        }

        for (int i = 0; i < 3; i++) {
            try (Studio studio = restored(folder.resolve("backup" + i + ".zip"))) {
                Documents documents = KilledIngestion.documents(studio);
                documents.resume(Duration.ZERO, AddOptions.DEFAULT);
                assertWhole(studio, documents);
            }
        }
    }

    /** Each document is found as the catalogue says, or said to have failed as its file was replaced meanwhile. */
    private static void assertWhole(Studio studio, Documents documents) {
        assertEquals(KilledIngestion.NAMES, documents.list().size());
        Set<String> expected = new HashSet<>();
        for (Document document : documents.list()) {
            boolean isDone = document.ingestion().state() == State.DONE;
            assertTrue(isDone || document.ingestion().state() == State.FAILED, document::toString);
            document.current().map(DocumentVersion::id).ifPresent(expected::add);
            assertEquals(
                    document.current().map(DocumentVersion::passages).orElse(0L),
                    documents.passages(document.id(), 0, 100).size(),
                    document::toString);
        }
        try (SearchIndex index = LuceneSearchIndex.open(studio.workspace().resolve("index"))) {
            assertEquals(
                    expected,
                    index.versions(new IndexName(studio.caller().tenant(), "documents")).stream()
                            .filter(VersionStatus::isPublished)
                            .map(status -> status.version().version())
                            .collect(Collectors.toSet()));
        }
    }
}
