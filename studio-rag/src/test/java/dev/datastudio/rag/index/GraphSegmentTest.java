package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.index.internal.PassageVectorsFormat;
import dev.datastudio.testkit.search.ClusteredVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that are large enough for a graph of their vectors. */
class GraphSegmentTest {
    private static final IndexName INDEX = new IndexName("acme", "documents");
    private static final int DIMENSION = 24;
    private static final int BATCH = 2_000;

    private final ClusteredVectors vectors = new ClusteredVectors(11, 200, DIMENSION);

    @TempDir
    Path folder;

    @Test
    void findsTheNearestByGraphsAndScansTogether() throws Exception {
        List<float[]> all = new ArrayList<>();
        try (LuceneSearchIndex index = LuceneSearchIndex.open(folder)) {
            index.prepare(INDEX, new VectorSpace("clustered", DIMENSION));
            for (int batch = 0; batch < 7; batch++) {
                publish(index, "d" + batch, all);
            }
            index.compact(INDEX, Cancellation.none());
            publish(index, "last", all);

            assertTrue(segments().stream().anyMatch(size -> size >= PassageVectorsFormat.GRAPH_FROM));
            assertTrue(segments().size() > 1, "some segments have no graph");
            assertTrue(recall(index, all, SearchFilter.ALL, 1) >= 0.99);
            assertTrue(recall(index, all, SearchFilter.is("half", 0L), 2) >= 0.99);
            assertTrue(recall(index, all, SearchFilter.is("hundredth", 0L), 100) == 1);
        }
    }

    @Test
    void aGraphIsGivenUpWhileItIsBuilt() throws Exception {
        AtomicBoolean aborted = new AtomicBoolean();
        try (Directory directory = new ByteBuffersDirectory();
                IndexWriter writer =
                        new IndexWriter(directory, MainWriter.configuration(aborted, new SerialMergeScheduler()))) {
            PassageKey.Version version = new PassageKey.Version("a", "1");
            for (int i = 0; i < PassageVectorsFormat.GRAPH_FROM; i++) {
                writer.addDocument(PassageFields.document(passage(version, i, vectors.next())));
                if (i == 10) {
                    writer.commit();
                }
            }
            writer.commit();
            aborted.set(true);

            assertThrows(IOException.class, () -> writer.forceMerge(1));
        }
    }

    private List<Integer> segments() throws IOException {
        try (Directory directory = FSDirectory.open(folder.resolve("acme/documents/main"));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.leaves().stream()
                    .map(LeafReaderContext::reader)
                    .map(leaf -> leaf.maxDoc())
                    .toList();
        }
    }

    private void publish(LuceneSearchIndex index, String document, List<float[]> all) {
        PassageKey.Version version = new PassageKey.Version(document, "1");
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            float[] vector = vectors.next();
            all.add(vector);
            passages.add(passage(version, i, vector));
        }
        index.stage(INDEX, passages.subList(0, BATCH / 2));
        index.stage(INDEX, passages.subList(BATCH / 2, BATCH));
        index.publish(INDEX, List.of(version));
    }

    private static Passage passage(PassageKey.Version version, int ordinal, float[] vector) {
        Map<String, Object> attributes = Map.of("half", ordinal % 2L, "hundredth", ordinal % 100L);
        return new Passage(new PassageKey(version, ordinal), "x", "", "en", attributes, vector);
    }

    private double recall(LuceneSearchIndex index, List<float[]> all, SearchFilter filter, int each) {
        int found = 0;
        for (int query = 0; query < 30; query++) {
            float[] vector = vectors.next();
            Set<String> nearest = new HashSet<>();
            for (int i : ClusteredVectors.nearest(vector, all, 10, each)) {
                String document = i / BATCH == 7 ? "last" : "d" + i / BATCH;
                nearest.add(document + "@1#" + i % BATCH);
            }
            SearchRequest request = new SearchRequest(new SearchRequest.Meaning(vector), filter, 10);
            List<SearchHit> hits = index.search(INDEX, request, Cancellation.none());
            assertEquals(10, hits.size());
            found += (int) hits.stream()
                    .map(hit -> hit.passage().key().toString())
                    .filter(nearest::contains)
                    .count();
        }
        return found / 300.0;
    }
}
