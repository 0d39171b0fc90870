package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of an index: damaged, locked, left over, taken off the disk. */
class LuceneStorageTest {
    private static final IndexName DOCS = new IndexName("acme", "documents");

    @TempDir
    Path folder;

    private final List<SearchIndex> opened = new ArrayList<>();

    private LuceneSearchIndex open(Duration lockWait) {
        LuceneSearchIndex index = new LuceneSearchIndex(folder, lockWait);
        opened.add(index);
        return index;
    }

    private LuceneSearchIndex open() {
        return open(Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        opened.forEach(SearchIndex::close);
    }

    @Test
    void anIndexWithAMissingFileIsDamagedAndNotEmpty() throws Exception {
        put(open(), "a", "whale");
        close();
        Map<Path, byte[]> files = files(main());

        int damaged = 0;
        for (Path file : files.keySet()) {
            if (!file.endsWith(IndexWriter.WRITE_LOCK_NAME)) {
                Files.delete(file);
                assertDamaged("without " + file);
                damaged++;
                Files.write(file, files.get(file));
            }
        }

        assertTrue(damaged >= 3, files::toString);
        assertEquals(List.of("whale"), found(open(), "whale"));
    }

    @Test
    void anIndexWithACutOrOverwrittenFileIsDamagedAndNotEmpty() throws Exception {
        put(open(), "a", "whale");
        close();
        Map<Path, byte[]> files = files(main());

        for (Path file : files.keySet()) {
            byte[] bytes = files.get(file);
            if (bytes.length > 0) {
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                assertDamaged("half of " + file);
                Files.write(file, new byte[bytes.length]);
                assertDamaged("zeros in " + file);
                Files.write(file, bytes);
            }
        }
        assertEquals(List.of("whale"), found(open(), "whale"));
    }

    @Test
    void aDroppedIndexLeavesNoFolderAndItsReadersSeeTheNextOne() throws Exception {
        LuceneSearchIndex index = open();
        LuceneSearchIndex other = open();
        for (int round = 0; round < 3; round++) {
            String word = "whale" + round;
            put(index, "a", word);
            assertEquals(List.of(word), found(other, word));
            index.stage(DOCS, List.of(passage(new PassageKey.Version("b", "1"), 0, "never published")));

            index.drop(DOCS);

            try (var left = Files.list(folder)) {
                assertEquals(List.of(), left.toList());
            }
            if (round == 1) {
                assertEquals(List.of(), found(other, word));
            }
        }
        put(other, "a", "squid");
        assertEquals(List.of("squid"), found(index, "squid"));
        assertEquals(List.of(), found(index, "whale2"));
    }

    private void assertDamaged(String named) {
        LuceneSearchIndex index = open();
        StudioException failed = assertThrows(StudioException.class, () -> found(index, "whale"), named);
        assertEquals(ErrorCode.STORAGE_FAILED, failed.code(), named);
        assertTrue(failed.getMessage().contains("damaged"), failed::getMessage);
        assertTrue(failed.getMessage().contains("backup"), failed::getMessage);
        assertThrows(StudioException.class, () -> put(index, "b", "squid"), named);
    }

    @Test
    void aStagedVersionWithoutItsEndIsTakenUpWhereItWasWhole() throws Exception {
        LuceneSearchIndex index = open();
        PassageKey.Version version = new PassageKey.Version("a", "1");
        index.stage(DOCS, List.of(passage(version, 0, "whale zero")));
        Path file = onlyFile(folder.resolve("acme/documents/staging"));
        long whole = Files.size(file);
        index.stage(DOCS, List.of(passage(version, 1, "whale one")));
        for (long size = whole; size < Files.size(file); size += 5) {
            Path copy = Files.copy(file, folder.resolve("copy"));
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
            assertEquals(1, StagedFile.open(copy).orElseThrow().passageCount(), "cut at " + size);
            StagedFile.append(copy, version, List.of(passage(version, 1, "again")));
            assertEquals(2, StagedFile.open(copy).orElseThrow().passageCount(), "cut at " + size);
            Files.delete(copy);
        }
    }

    @Test
    void aDamagedStagedVersionIsNotPublishedInPart() throws Exception {
        LuceneSearchIndex index = open();
        PassageKey.Version version = new PassageKey.Version("a", "1");
        index.stage(DOCS, List.of(passage(version, 0, "whale zero")));
        index.stage(DOCS, List.of(passage(version, 1, "whale one")));
        Path file = onlyFile(folder.resolve("acme/documents/staging"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'X'}), 60);
        }

        StudioException failed = assertThrows(StudioException.class, () -> index.publish(DOCS, List.of(version)));

        assertEquals(ErrorCode.STORAGE_FAILED, failed.code());
        index.discard(DOCS, version);
        index.stage(DOCS, List.of(passage(version, 0, "whale again")));
        index.publish(DOCS, List.of(version));
        assertEquals(List.of("whale again"), found(index, "whale"));
    }

    @Test
    void whoWaitsTooLongForAnotherWriterIsToldSo() throws Exception {
        LuceneSearchIndex index = open(Duration.ofMillis(50));
        put(index, "a", "whale");
        try (Directory directory = FSDirectory.open(main());
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();

            StudioException busy = assertThrows(StudioException.class, () -> put(index, "b", "squid"));

            assertEquals(ErrorCode.STORAGE_BUSY, busy.code());
            assertTrue(busy.getMessage().contains("Another process"), busy::getMessage);
            assertEquals(List.of("whale"), found(index, "whale"));
        }
        index.publish(DOCS, List.of(new PassageKey.Version("b", "1")));
        assertEquals(List.of("squid"), found(index, "squid"));
    }

    @Test
    void aWriterGoesOnWhenTheOtherOneIsDone() throws Exception {
        LuceneSearchIndex index = open();
        put(index, "a", "whale");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Directory directory = FSDirectory.open(main())) {
            Future<?> waiting;
            try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
                lock.ensureValid();
                waiting = thread.submit(() -> put(index, "b", "squid"));
                while (!Files.exists(folder.resolve("acme/documents/writer.wanted")) && !waiting.isDone()) {
                    Thread.onSpinWait();
                }
            }
            waiting.get();
        } finally {
            thread.shutdownNow();
        }
        assertEquals(List.of("squid"), found(index, "squid"));
        assertFalse(Files.exists(folder.resolve("acme/documents/writer.wanted")));
    }

    @Test
    void aLargeVersionIsBuiltInAFolderAndNothingIsLeftOfIt() throws Exception {
        LuceneSearchIndex index = open();
        put(index, "a", "whale");
        Path leftOver = folder.resolve("acme/documents/build-of-a-killed-process");
        try (Directory directory = FSDirectory.open(leftOver);
                IndexWriter writer = new IndexWriter(
                        directory, MainWriter.configuration(new AtomicBoolean(), new SerialMergeScheduler()))) {
            writer.commit();
        }
        PassageKey.Version version = new PassageKey.Version("large", "1");
        String text = "squid " + "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            index.stage(DOCS, List.of(passage(version, i, text)));
        }

        index.publish(DOCS, List.of(version));

        assertEquals(20, found(index, "squid").size());
        assertEquals(Set.of("main", "staging"), names(folder.resolve("acme/documents")));
        assertEquals(Set.of(), names(folder.resolve("acme/documents/staging")));
    }

    @Test
    void compactingTakesDeletedTextOffTheDisk() throws Exception {
        LuceneSearchIndex index = open();
        put(index, "a", "xyzzyplugh");
        put(index, "b", "kept");
        assertTrue(isOnDisk("xyzzyplugh"));

        index.delete(DOCS, Set.of("a"));
        index.compact(DOCS, Cancellation.none());
        index.close();

        assertFalse(isOnDisk("xyzzyplugh"));
        assertEquals(List.of("kept"), found(open(), "kept"));
    }

    @Test
    void tenantsThatDifferInCaseOnlyHaveFoldersThatDifferInMore() {
        assertEquals("acme-1", LuceneSearchIndex.folderName("acme-1"));
        assertEquals("+acm+e", LuceneSearchIndex.folderName("AcmE"));
    }

    @Test
    void aClosedIndexSaysThatItIsClosed() {
        LuceneSearchIndex index = open();
        put(index, "a", "whale");
        index.close();
        index.close();

        assertThrows(IllegalStateException.class, () -> found(index, "whale"));
        assertThrows(IllegalStateException.class, () -> put(index, "b", "squid"));
    }

    @Test
    void aSearchByWordsStopsInTheMiddle() throws Exception {
        put(open(), "a", "whale");
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();
        SearchRequest request = new SearchRequest(new SearchRequest.Words("whale", "en"), SearchFilter.ALL, 3);
        try (Directory directory = FSDirectory.open(main());
                DirectoryReader reader = DirectoryReader.open(directory)) {
            Search search = new Search(new PassageSearcher(reader), request, cancelled);

            assertEquals(
                    ErrorCode.CANCELLED,
                    assertThrows(StudioException.class, search::hits).code());
        }
    }

    private Path main() {
        return folder.resolve("acme/documents/main");
    }

    private static void put(SearchIndex index, String document, String text) {
        PassageKey.Version version = new PassageKey.Version(document, "1");
        index.stage(DOCS, List.of(passage(version, 0, text)));
        index.publish(DOCS, List.of(version));
    }

    private static Passage passage(PassageKey.Version version, int ordinal, String text) {
        return new Passage(new PassageKey(version, ordinal), text, "", "en", Map.of());
    }

    private static List<String> found(SearchIndex index, String text) {
        SearchRequest request = new SearchRequest(new SearchRequest.Words(text, "en"), SearchFilter.ALL, 100);
        return index.search(DOCS, request, Cancellation.none()).stream()
                .map(SearchHit::passage)
                .map(Passage::text)
                .toList();
    }

    private boolean isOnDisk(String word) throws IOException {
        for (byte[] bytes : files(folder).values()) {
            if (new String(bytes, UTF_8).contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static Map<Path, byte[]> files(Path folder) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        return files(folder).keySet().iterator().next();
    }
}
