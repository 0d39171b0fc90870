package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.chunk.ChunkOptions;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.index.LuceneSearchIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that several add, replace, delete and search at once (A9, G8). */
@Timeout(180)
class ConcurrentDocumentsTest {
    private static final ChunkOptions SMALL = new ChunkOptions(16, 0, 0, 0);
    private static final int PARAGRAPHS = 100;
    private static final Pattern CONTENT = Pattern.compile("content(\\d+)");

    @TempDir
    Path folder;

    private Path file(String name, int content) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PARAGRAPHS; i++) {
            text.append("Shared words of paragraph ")
                    .append(i)
                    .append(" of content")
                    .append(content)
                    .append(".\n\n");
        }
        try {
            return Files.writeString(
                    Files.createDirectories(folder.resolve("of" + content)).resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Documents documents(Studio studio) {
        return Documents.builder(studio).wordsOnly().chunks(SMALL).build();
    }

    /** Begins all at the same moment. */
    private static <T> List<Future<T>> atOnce(List<Callable<T>> works) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        CountDownLatch ready = new CountDownLatch(works.size());
        List<Future<T>> results = new ArrayList<>();
        for (Callable<T> work : works) {
            results.add(threads.submit(() -> {
                ready.countDown();
                ready.await();
                return work.call();
            }));
        }
        threads.shutdown();
        for (Future<T> result : results) {
            while (!result.isDone()) {
                Thread.onSpinWait();
                threads.awaitTermination(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
        return results;
    }

    @Test
    void addsTheSameFileOnceForAllWhoAddIt() throws Exception {
        Path file = file("a.txt", 1);
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            Callable<Document> add = () -> documents.add(file);

            Set<Document> made = new HashSet<>();
            for (Future<Document> each : atOnce(List.of(add, add, add, add))) {
                made.add(each.get());
            }

            assertEquals(1, made.size());
            assertEquals(1, made.iterator().next().ingestion().attempt());
            assertWhole(documents, Set.of(1));
        }
        assertIndexHasOneVersionEach(1);
    }

    @Test
    void addsTheSameContentOnceUnderTwoNames() throws Exception {
        Path first = file("a.txt", 1);
        Path second = file("b.txt", 1);
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);

            Set<String> ids = new HashSet<>();
            for (Future<Document> each :
                    atOnce(List.<Callable<Document>>of(() -> documents.add(first), () -> documents.add(second)))) {
                ids.add(each.get().id());
            }

            assertEquals(1, ids.size());
            assertWhole(documents, Set.of(1));
        }
    }

    @Test
    void givesANameWithAContentTheContentOfAnotherName() {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            documents.add(file("a.txt", 1));
            documents.add(file("b.txt", 2));

            Document replaced = documents.add(file("a.txt", 2));

            assertEquals("a.txt", replaced.name());
            assertEquals(Set.of(2), contents(documents.search("shared words")), "the old content of a.txt is gone");
        }
    }

    @Test
    void endsWithOneOfTheContentsThatANameGetsAtOnce() throws Exception {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            List<Callable<Document>> adds = new ArrayList<>();
            for (int content = 1; content <= 4; content++) {
                Path file = file("a.txt", content);
                adds.add(() -> documents.add(file));
            }

            for (Future<Document> each : atOnce(adds)) {
                assertEquals(State.DONE, each.get().ingestion().state());
            }

            Set<Integer> found = contents(documents.search("shared words"));
            assertEquals(1, found.size());
            assertWhole(documents, found);
        }
        assertIndexHasOneVersionEach(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parse", "embed", "store"})
    void leavesNoTraceOfADocumentThatIsDeletedWhileItIsAdded(String stage) throws IOException {
        Path file = file("a.txt", 1);
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            AddOptions options = AddOptions.DEFAULT.telling(progress -> {
                if (progress.stage().equals(stage)) {
                    documents.list().forEach(document -> documents.delete(document.id()));
                }
            });

            StudioException stopped = assertThrows(StudioException.class, () -> documents.add(file, options));

            assertEquals(ErrorCode.DOCUMENT_NOT_FOUND, stopped.code());
            assertEquals(List.of(), documents.list());
            assertEquals(List.of(), documents.search("shared"));
            try (var left = Files.walk(studio.workspace().resolve("tenants"))) {
                assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
            }
        }
        assertIndexHasOneVersionEach(0);
    }

    @Test
    void endsAnAdditionThatAnotherThreadDeletes() throws Exception {
        Path file = file("a.txt", 1);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch deleted = new CountDownLatch(1);
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            AddOptions options = AddOptions.DEFAULT.telling(progress -> {
                reading.countDown();
                awaitQuietly(studio, deleted);
            });
            ExecutorService adding = Executors.newSingleThreadExecutor();
            Future<Document> added = adding.submit(() -> documents.add(file, options));
            reading.await();
            Document open = documents.list().get(0);
            Thread deleting = new Thread(() -> documents.delete(open.id()));
            deleting.start();
            while (!documents.list().isEmpty()) {
                Thread.onSpinWait();
            }
            deleted.countDown();
            deleting.join();
            adding.shutdown();

            Throwable why = assertThrows(java.util.concurrent.ExecutionException.class, added::get)
                    .getCause();
            assertEquals(
                    ErrorCode.DOCUMENT_NOT_FOUND,
                    assertInstanceOf(StudioException.class, why).code());
        }
        assertIndexHasOneVersionEach(0);
    }

    private static void awaitQuietly(Studio studio, CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + studio.workspace(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parse", "embed", "store"})
    void stopsInEachStage(String stage) {
        Path file = file("a.txt", 1);
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            Cancellation cancellation = Cancellation.create();
            AddOptions options = AddOptions.DEFAULT.cancelledBy(cancellation).telling(progress -> {
                if (progress.stage().equals(stage)) {
                    cancellation.cancel();
                }
            });

            StudioException stopped = assertThrows(StudioException.class, () -> documents.add(file, options));

            assertEquals(ErrorCode.CANCELLED, stopped.code());
            Document document = documents.list().get(0);
            assertEquals(State.CANCELLED, document.ingestion().state());
            assertEquals(List.of(), documents.search("shared"));
            assertEquals(State.DONE, documents.add(file).ingestion().state());
        }
    }

    @Test
    void aSearchSeesTheOldContentOrTheNewOne() throws Exception {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            documents.add(file("a.txt", 0));
            List<Path> files = new ArrayList<>();
            for (int content = 1; content <= 12; content++) {
                files.add(file("a.txt", content));
            }
            ExecutorService adding = Executors.newSingleThreadExecutor();
            Future<?> added = adding.submit(() -> files.forEach(documents::add));
            adding.shutdown();
            int last = 0;
            do {
                Set<Integer> seen = contents(documents.search("shared words", AnswerOptions.DEFAULT.withPassages(20)));
                assertEquals(1, seen.size(), () -> "one content, not " + seen);
                int now = seen.iterator().next();
                assertTrue(now >= last, now + " after " + last);
                last = now;
            } while (!added.isDone());
            added.get();
            assertEquals(Set.of(12), contents(documents.search("shared words")));
        }
    }

    @Test
    void twoStudiosOfAWorkspaceAgree() throws Exception {
        try (Studio one = Studio.open(folder.resolve("workspace"));
                Studio other = Studio.open(folder.resolve("workspace"))) {
            Documents here = documents(one);
            Documents there = documents(other);
            for (int round = 0; round < 4; round++) {
                Path first = file("a.txt", 2 * round);
                Path second = file("a.txt", 2 * round + 1);

                List<Future<Document>> added =
                        atOnce(List.<Callable<Document>>of(() -> here.add(first), () -> there.add(second)));

                int ended = 0;
                for (Future<Document> each : added) {
                    ended += hasEnded(each) ? 1 : 0;
                }
                assertTrue(ended >= 1, "somebody wins");
                Set<Integer> found = contents(here.search("shared words"));
                assertEquals(1, found.size());
                assertEquals(found, contents(there.search("shared words")));
                assertWhole(there, found);
            }
        }
        assertIndexHasOneVersionEach(1);
    }

    private static boolean hasEnded(Future<Document> added) throws InterruptedException {
        try {
            return added.get().ingestion().state() == State.DONE;
        } catch (java.util.concurrent.ExecutionException e) {
            assertEquals(
                    ErrorCode.ENTRY_CONFLICT,
                    assertInstanceOf(StudioException.class, e.getCause()).code(),
                    e::toString);
            return false;
        }
    }

    private static Set<Integer> contents(List<Evidence> found) {
        Set<Integer> contents = new HashSet<>();
        for (Evidence each : found) {
            Matcher content = CONTENT.matcher(each.passage().text());
            assertTrue(content.find());
            contents.add(Integer.parseInt(content.group(1)));
        }
        return contents;
    }

    /** Each document has all its passages in the index. */
    private static void assertWhole(Documents documents, Set<Integer> expected) {
        assertEquals(1, documents.list().size());
        Document document = documents.list().get(0);
        long passages = document.current().orElseThrow().passages();
        assertTrue(passages >= PARAGRAPHS / 2, () -> passages + " passages");
        assertEquals(passages, documents.passages(document.id(), 0, 1_000).size());
        assertEquals(expected, contents(documents.search("shared words")));
    }

    private void assertIndexHasOneVersionEach(int documents) {
        try (Studio studio = Studio.open(folder.resolve("workspace"));
                LuceneSearchIndex index =
                        LuceneSearchIndex.open(studio.workspace().resolve("index"))) {
            List<VersionStatus> there =
                    index.versions(new IndexName(studio.caller().tenant(), "documents"));
            assertEquals(documents, there.size(), there::toString);
        }
    }
}
