package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.document.Visibility;
import dev.datastudio.rag.index.LuceneSearchIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files and passages stay of what was added, replaced, tried and deleted (A9, G8). */
@Timeout(120)
class LeftOverFilesTest {
    private static final List<String> OF_ONE_DOCUMENT = List.of("original", "text");

    @TempDir
    Path folder;

    private Studio open() {
        return Studio.open(folder.resolve("workspace"));
    }

    private static Documents documents(Studio studio) {
        return Documents.builder(studio).wordsOnly().build();
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(Studio studio) {
        return studio.artifacts().list(ArtifactKey.of(studio.caller()).resolve("documents")).stream()
                .map(StoredArtifact::key)
                .map(ArtifactKey::fileName)
                .sorted()
                .toList();
    }

    private static void plant(Studio studio, String key) {
        studio.artifacts()
                .put(
                        ArtifactKey.of(studio.caller()).resolve("documents/" + key),
                        "left over".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheFilesOfTheContentThatCountsOnly() {
        try (Studio studio = open()) {
            Documents documents = documents(studio);
            documents.add(file("a.txt", "The first content."));
            documents.add(file("a.txt", "The second content."));
            assertEquals(OF_ONE_DOCUMENT, files(studio));

            assertEquals(
                    State.FAILED, documents.add(file("a.txt", "")).ingestion().state());
            assertEquals(List.of("original", "original", "text"), files(studio), "the failed one can be tried again");
            documents.submit(file("a.txt", "Content that nobody reads."), AddOptions.DEFAULT);
            assertEquals(List.of("original", "original", "text"), files(studio), "in the place of the failed one");

            documents.add(file("a.txt", "The last content."));
            assertEquals(OF_ONE_DOCUMENT, files(studio));
        }
    }

    @Test
    void removesWhatACrashLeftWhenItIsOldEnough() {
        try (Studio studio = open()) {
            Documents documents = documents(studio);
            Document added = documents.add(file("a.txt", "The only content."));
            plant(studio, added.id() + "/0123456789abcdef0123456789abcdef/original");
            plant(studio, "0123456789abcdef01234567/0123456789abcdef0123456789abcdef/original");
            plant(studio, "0123456789abcdef01234567/0123456789abcdef0123456789abcdef/text");

            documents.resume(Duration.ofHours(1), AddOptions.DEFAULT);
            assertEquals(5, files(studio).size(), "it may be of somebody who is just adding it");

            documents.resume(Duration.ZERO, AddOptions.DEFAULT);
            assertEquals(OF_ONE_DOCUMENT, files(studio));
            assertEquals("The only content.", documents.text(added.id(), 0, 100));
        }
    }

    @Test
    void fillsAnIndexAgainThatWasTakenAway() throws IOException {
        Document added;
        try (Studio studio = open()) {
            Documents documents = documents(studio);
            added = documents.add(file("a.txt", "The bridge was opened in 1932."));
            documents.add(file("b.txt", "The harbour was closed."));
            documents.add(file("b.txt", ""));
        }
        remove(folder.resolve("workspace/index"));

        try (Studio studio = open()) {
            Documents documents = documents(studio);
            assertEquals(List.of(), documents.search("bridge"));

            List<Document> resumed = documents.resume(Duration.ofHours(1), AddOptions.DEFAULT);

            assertEquals(2, resumed.size());
            assertEquals(1, documents.search("bridge").size());
            assertEquals(1, documents.search("harbour").size(), "the content before the one that failed");
            assertEquals(State.DONE, documents.get(added.id()).ingestion().state());
            assertEquals(4, files(studio).size());
            assertEquals(List.of(), documents.resume(Duration.ZERO, AddOptions.DEFAULT));
        }
    }

    @Test
    void saysOfADocumentWithoutIndexAndFileThatItIsGone() throws IOException {
        Document added;
        try (Studio studio = open()) {
            added = documents(studio).add(file("a.txt", "The bridge was opened in 1932."));
            studio.artifacts().deleteAll(ArtifactKey.of(studio.caller()).resolve("documents"));
        }
        remove(folder.resolve("workspace/index"));

        try (Studio studio = open()) {
            Documents documents = documents(studio);

            Document gone =
                    documents.resume(Duration.ofHours(1), AddOptions.DEFAULT).get(0);

            assertEquals(State.FAILED, gone.ingestion().state());
            assertEquals(
                    "The file of 'a.txt' is not kept any more",
                    gone.ingestion().failure().orElseThrow().message());
            assertTrue(gone.current().isEmpty());
            assertEquals(
                    State.DONE,
                    documents
                            .add(file("a.txt", "The bridge was opened in 1932."))
                            .ingestion()
                            .state());
            assertEquals(added.id(), documents.list().get(0).id());
        }
    }

    @Test
    void deletesAllOfAUserAndNothingOfOthers() {
        Caller ann = new Caller(Caller.LOCAL.tenant(), "ann");
        try (Studio studio = open()) {
            Documents documents = documents(studio);
            documents.add(file("a.txt", "The bridge was opened in 1932."));
            documents.add(file("b.txt", "The harbour was closed."), AddOptions.DEFAULT.visibleTo(Visibility.TENANT));
            documents.submit(file("c.txt", "Nobody reads this."), AddOptions.DEFAULT);
            Documents others = documents.as(ann);
            others.add(file("d.txt", "The bridge of Ann."), AddOptions.DEFAULT.visibleTo(Visibility.TENANT));
            plant(studio, "0123456789abcdef01234567/0123456789abcdef0123456789abcdef/original");

            assertEquals(3, documents.deleteAll());

            assertEquals(List.of(), files(studio));
            assertEquals(
                    List.of("d.txt"),
                    documents.list().stream().map(Document::name).toList());
            assertEquals(1, documents.search("bridge").size());
            assertEquals(List.of(), others.search("harbour"));
            assertEquals(0, documents.deleteAll());
            try (SearchIndex index = LuceneSearchIndex.open(studio.workspace().resolve("index"))) {
                assertEquals(
                        1,
                        index.versions(new dev.datastudio.api.search.IndexName(ann.tenant(), "documents"))
                                .size());
            }
        }
    }

    private static void remove(Path gone) throws IOException {
        try (var all = Files.walk(gone)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        assertFalse(Files.exists(gone));
    }
}
