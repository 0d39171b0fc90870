package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.document.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents from the file to the answer, found by words (A9, A12, G8, G18). */
@Timeout(120)
class DocumentsTest {
    private static final String BRIDGE = """
            # The Lind bridge

            The bridge was opened in 1932 by the mayor of Harrow. It is 400 m long and carries two lanes.

            ## Upkeep

            It is painted every seven years. The last painting cost 90,000 crowns.
            """;

    @TempDir
    Path folder;

    private Studio studio;
    private Documents documents;

    @BeforeEach
    void open() {
        studio = Studio.inMemory();
        documents = Documents.builder(studio).wordsOnly().build();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answersWithTheWordsOfADocument() {
        Document added = documents.add(file("bridge.md", BRIDGE));

        assertEquals(State.DONE, added.ingestion().state());
        assertEquals("en", added.current().orElseThrow().language());
        DocumentAnswer answer = documents.ask("When was the bridge opened?");
        assertEquals(DocumentAnswer.Status.ANSWERED, answer.status());
        Citation citation = answer.citations().get(0);
        assertEquals("The bridge was opened in 1932 by the mayor of Harrow.", citation.quote());
        assertEquals(
                citation.quote(),
                documents.text(added.id(), citation.from(), citation.to()),
                "the span is that of the document");
        Evidence evidence = answer.evidence().get(0);
        assertEquals("bridge.md", evidence.passage().name());
        Set<String> marked = new TreeSet<>();
        evidence.highlights()
                .forEach(each -> marked.add(evidence.passage().text().substring(each.from(), each.to())));
        assertEquals(Set.of("bridge", "opened"), marked);
    }

    @Test
    void saysThatNothingIsThere() {
        assertEquals(
                DocumentAnswer.Status.NOT_IN_DOCUMENTS, documents.ask("Who?").status());
        documents.add(file("bridge.md", BRIDGE));
        assertEquals(
                DocumentAnswer.Status.NOT_IN_DOCUMENTS,
                documents.ask("Which penguins breed on Dream island?").status());
    }

    @Test
    void recognisesAContentThatIsThere() {
        Document first = documents.add(file("bridge.md", BRIDGE));

        assertEquals(first, documents.add(file("bridge.md", BRIDGE)));
        assertEquals(first, documents.add(file("copy.md", BRIDGE)));
        assertEquals(1, documents.list().size());
    }

    @Test
    void replacesTheOldContentOfAName() {
        Document first = documents.add(file("bridge.md", BRIDGE));
        Document second = documents.add(file("bridge.md", BRIDGE.replace("1932", "1931")));

        assertEquals(first.id(), second.id());
        assertNotEquals(
                first.current().orElseThrow().id(),
                second.current().orElseThrow().id());
        assertEquals(
                List.of("The bridge was opened in 1931 by the mayor of Harrow."),
                documents.ask("When was the bridge opened?").citations().stream()
                        .map(Citation::quote)
                        .toList());
        assertEquals(
                1,
                documents.search("bridge").stream()
                        .map(each -> each.passage().key().version())
                        .distinct()
                        .count());
    }

    @Test
    void keepsTheOldContentWhenTheNewOneCantBeRead() {
        Document first = documents.add(file("bridge.md", BRIDGE));
        Document second = documents.add(file("bridge.md", ""));

        assertEquals(State.FAILED, second.ingestion().state());
        assertEquals("EMPTY", second.ingestion().failure().orElseThrow().reason());
        assertEquals(first.current(), second.current());
        assertFalse(documents.search("bridge").isEmpty());
    }

    @Test
    void deletesEveryTrace() throws IOException {
        Document added = documents.add(file("bridge.md", BRIDGE));

        assertTrue(documents.delete(added.id()));

        assertFalse(documents.delete(added.id()));
        assertEquals(List.of(), documents.list());
        assertEquals(List.of(), documents.search("bridge"));
        assertEquals(
                ErrorCode.DOCUMENT_NOT_FOUND,
                assertThrows(StudioException.class, () -> documents.get(added.id()))
                        .code());
        try (var left = Files.walk(studio.workspace().resolve("tenants"))) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void showsADocumentToItsOwnerAndToThoseItIsMeantFor() {
        Document mine = documents.add(file("bridge.md", BRIDGE));
        Documents colleague = documents.as(new Caller(Caller.LOCAL.tenant(), "ann"));
        Documents stranger = documents.as(new Caller("elsewhere", Caller.LOCAL.user()));

        assertEquals(List.of(), colleague.search("bridge"));
        assertEquals(List.of(), stranger.search("bridge"));
        assertThrows(StudioException.class, () -> colleague.get(mine.id()));

        documents.add(file("bridge.md", BRIDGE), AddOptions.DEFAULT.visibleTo(Visibility.TENANT));

        assertFalse(colleague.search("bridge").isEmpty());
        assertFalse(colleague.delete(mine.id()), "seen, not owned");
        assertEquals(List.of(), stranger.search("bridge"));
        assertEquals(List.of(), stranger.list());
    }

    @Test
    void givesThePassagesOfADocumentInOrder() {
        Document added = documents.add(file("bridge.md", BRIDGE));

        List<DocumentPassage> passages = documents.passages(added.id(), 0, 10);

        assertEquals(added.current().orElseThrow().passages(), passages.size());
        for (DocumentPassage passage : passages) {
            assertEquals(passage.text(), documents.text(added.id(), passage.from(), passage.to()));
        }
    }

    @Test
    void stopsWhenItIsToldTo() {
        Cancellation cancellation = Cancellation.create();
        Path file = file("bridge.md", BRIDGE);
        AddOptions options = AddOptions.DEFAULT.cancelledBy(cancellation).telling(progress -> {
            if (!cancellation.isCancelled()) {
                cancellation.cancel();
            }
        });

        StudioException stopped = assertThrows(StudioException.class, () -> documents.add(file, options));

        assertEquals(ErrorCode.CANCELLED, stopped.code());
        Document document = documents.list().get(0);
        assertEquals(State.CANCELLED, document.ingestion().state());
        assertEquals(List.of(), documents.search("bridge"));
        assertEquals(
                State.DONE,
                documents.retry(document.id(), AddOptions.DEFAULT).ingestion().state());
    }

    @Test
    void readsInTheBackground() {
        documents.work();
        JobId job = documents.submit(file("bridge.md", BRIDGE), AddOptions.DEFAULT);

        assertEquals(
                JobState.SUCCEEDED,
                studio.jobs().await(studio.caller(), job, Duration.ofMinutes(1)).state());
        assertFalse(documents.search("bridge").isEmpty());
    }

    @Test
    void finishesWhatBrokeOff() {
        documents.submit(file("bridge.md", BRIDGE), AddOptions.DEFAULT);

        List<Document> resumed = documents.resume(Duration.ZERO, AddOptions.DEFAULT);

        assertEquals(State.DONE, resumed.get(0).ingestion().state());
        assertFalse(documents.search("bridge").isEmpty());
    }

    @Test
    void offersItsTools() {
        Document added = documents.add(file("bridge.md", BRIDGE));

        ToolResult answer = call("query_documents", "{\"question\": \"How long is the bridge?\"}");
        assertTrue(answer.text().startsWith("Status: answered\n<document_answer>\n- "), answer.text());
        assertTrue(
                answer.text().contains("- It is 400 m long and carries two lanes.\n  source: bridge.md ("),
                answer.text());
        assertTrue(answer.text().contains("(" + added.id() + "), characters 71-110: "), answer.text());
        ToolResult found = call("search_documents", "{\"query\": \"painting\", \"limit\": 1}");
        assertTrue(found.text().contains("<passage source=\"bridge.md (" + added.id() + ")"), found.text());
        assertTrue(call("search_documents", "{\"query\": \" \"}").isError());
        assertTrue(call("search_documents", "{\"query\": \"x\", \"tenant\": \"elsewhere\"}")
                .isError());
    }

    private ToolResult call(String name, String arguments) {
        Tool tool = documents.tools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return tool.call(new ToolCall(name, arguments), ToolContext.of(studio.caller()));
    }
}
