package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.document.Stage;
import dev.datastudio.rag.document.Visibility;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents whose catalogue is in PostgreSQL and whose index is Lucene's (A9, G8). */
@Timeout(180)
class PostgresCatalogTest {
    @TempDir
    Path folder;

    private DataSource database;

    PostgresCatalogTest() throws SQLException {
        database = PostgresServer.require().newDatabase();
    }

    @BeforeEach
    void makeTables() {
        PostgresDatabase.open(database).close();
    }

    /** What ends a process in the middle, as far as this one is concerned. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Work with the documents of a studio that is closed after it. */
    private interface Work {
        void with(Studio studio, Documents documents);
    }

    /** @param killedAfter the call of the index after which all ends, empty for none */
    private void open(String killedAfter, Work work) {
        try (PostgresDatabase opened = PostgresDatabase.open(database);
                MetadataStore catalogue = SqlMetadataStore.over(opened, InstantSource.system());
                SearchIndex lucene = LuceneSearchIndex.open(folder.resolve("index"));
                Studio studio = Studio.builder()
                        .workspace(folder.resolve("workspace"))
                        .metadata(catalogue)
                        .build()) {
            work.with(
                    studio,
                    Documents.builder(studio)
                            .index(killing(lucene, killedAfter))
                            .wordsOnly()
                            .build());
        }
    }

    private static SearchIndex killing(SearchIndex index, String call) {
        return Watched.part(SearchIndex.class, index, begun -> {}, ended -> {
            if (ended.equals(call)) {
                throw new Killed();
            }
        });
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void addsReplacesListsAndDeletes() {
        Caller ann = new Caller(Caller.LOCAL.tenant(), "ann");
        open("", (studio, documents) -> {
            Document first = documents.add(file("bridge.txt", "The bridge was opened in 1931."));
            assertEquals(first, documents.add(file("copy.txt", "The bridge was opened in 1931.")));
            Document second = documents.add(
                    file("bridge.txt", "The bridge was opened in 1932."),
                    AddOptions.DEFAULT.visibleTo(Visibility.TENANT));
            documents.add(file("mine.txt", "The harbour is mine."));

            assertEquals(first.id(), second.id());
            assertEquals(1, documents.search("bridge").size());
            assertEquals(2, documents.list().size());
            assertEquals(
                    List.of(second.id()),
                    documents.as(ann).list().stream().map(Document::id).toList());
        });
        open("", (studio, documents) -> {
            assertEquals(2, documents.list().size());
            assertEquals(
                    "The bridge was opened in 1932.",
                    documents.as(ann).search("bridge").get(0).passage().text());
            assertFalse(documents.as(ann).delete(documents.as(ann).list().get(0).id()));
            documents.list().forEach(document -> assertTrue(documents.delete(document.id())));
            assertEquals(List.of(), documents.list());
            assertEquals(List.of(), documents.search("bridge"));
        });
    }

    @Test
    void finishesWhatACrashBrokeOff() {
        open("", (studio, documents) -> documents.add(file("bridge.txt", "The bridge was opened in 1931.")));
        open("stage", (studio, documents) -> {
            Path file = file("bridge.txt", "The bridge was opened in 1932.");
            assertThrows(Killed.class, () -> documents.add(file));
        });
        open("publish", (studio, documents) -> {
            Path file = file("harbour.txt", "The harbour is open.");
            assertThrows(Killed.class, () -> documents.add(file));
        });

        open("", (studio, documents) -> {
            assertEquals(
                    "The bridge was opened in 1931.",
                    documents.search("bridge").get(0).passage().text());
            assertEquals(1, documents.search("harbour").size(), "all of it is there, and said to be");
            assertEquals(
                    List.of(State.RUNNING, State.RUNNING),
                    documents.list().stream()
                            .map(each -> each.ingestion().state())
                            .toList());

            assertEquals(2, documents.resume(Duration.ZERO, AddOptions.DEFAULT).size());

            assertEquals(
                    "The bridge was opened in 1932.",
                    documents.search("bridge").get(0).passage().text());
            assertEquals(1, documents.search("harbour").size());
            for (Document document : documents.list()) {
                assertEquals(State.DONE, document.ingestion().state());
                assertEquals(Stage.STORE, document.ingestion().stage());
            }
        });
    }
}
