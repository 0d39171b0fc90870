package dev.datastudio.rag.index;

import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.knn.TopKnnCollectorManager;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * The nearest passages to a vector: by the graph of a segment where it has one and the filter lets enough through, else
 * by a scan of its vectors. Whatever found a passage, its cosine is computed from its vector, so that scores of all
 * segments can be compared. Not thread-safe; one a search.
 */
final class MeaningSearch {
    /** A graph is asked for more than is wanted: for 10 it finds too few of the nearest. */
    private static final int LEAST_CANDIDATES = 100;

    /** Of so many passages that a filter leaves in a segment, a scan is as fast as the graph. */
    private static final int SCAN_UP_TO = 4_000;

    private static final int SCAN_CHECK = 4_096;

    private final IndexSearcher searcher;
    private final float[] target;
    private final @Nullable Weight filter;
    private final Cancellation cancellation;

    private final int candidates;
    private final TopKnnCollectorManager collectors;

    private MeaningSearch(
            IndexSearcher searcher, float[] target, @Nullable Weight filter, int limit, Cancellation cancellation) {
        this.searcher = searcher;
        this.candidates = Math.max(LEAST_CANDIDATES, limit + limit / 2);
        this.collectors = new TopKnnCollectorManager(candidates, searcher); // what one finds spares the next ones work
        this.target = target;
        this.filter = filter;
        this.cancellation = cancellation;
    }

    /** The nearest passages with their cosines, as many as wanted and those as near as the last one. */
    static List<ScoreDoc> search(
            IndexSearcher searcher, float[] vector, Optional<Query> filter, int limit, Cancellation cancellation)
            throws IOException {
        @Nullable Weight weight = null;
        if (filter.isPresent()) {
            weight = searcher.createWeight(searcher.rewrite(filter.get()), ScoreMode.COMPLETE_NO_SCORES, 1);
        }
        return new MeaningSearch(searcher, UnitVectors.of(vector), weight, limit, cancellation).nearest(limit);
    }

    private List<ScoreDoc> nearest(int limit) throws IOException {
        Nearest nearest = new Nearest(limit);
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            cancellation.throwIfCancelled();
            searchLeaf(leaf, nearest);
        }
        return nearest.best();
    }

    private void searchLeaf(LeafReaderContext leaf, Nearest nearest) throws IOException {
        LeafReader reader = leaf.reader();
        if (reader.getFloatVectorValues(PassageFields.VECTOR) == null) {
            return;
        }
        if (filter == null) {
            boolean found = hasGraph(reader) && walk(leaf, reader.getLiveDocs(), Integer.MAX_VALUE, nearest);
            if (!found) {
                scan(leaf, DocIdSetIterator.all(reader.maxDoc()), nearest);
            }
            return;
        }
        FixedBitSet accepted = accepted(leaf);
        int count = accepted.cardinality();
        boolean found =
                count > Math.max(SCAN_UP_TO, candidates) && hasGraph(reader) && walk(leaf, accepted, count, nearest);
        if (!found) {
            scan(leaf, new BitSetIterator(accepted, count), nearest);
        }
    }

    /** Gives whether the walk came to its end within the limit. */
    private boolean walk(LeafReaderContext leaf, @Nullable Bits accepted, int limit, Nearest nearest)
            throws IOException {
        KnnCollector found = collectors.newCollector(limit, leaf);
        leaf.reader().searchNearestVectors(PassageFields.VECTOR, target, found, accepted);
        if (found.earlyTerminated()) {
            return false;
        }
        int[] documents = Arrays.stream(found.topDocs().scoreDocs)
                .mapToInt(hit -> hit.doc)
                .sorted()
                .toArray();
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(PassageFields.VECTOR);
        for (int document : documents) {
            vectors.advance(document);
            nearest.add(leaf.docBase + document, VectorUtil.dotProduct(target, vectors.vectorValue()));
        }
        return true;
    }

    private void scan(LeafReaderContext leaf, DocIdSetIterator documents, Nearest nearest) throws IOException {
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(PassageFields.VECTOR);
        Bits live = leaf.reader().getLiveDocs();
        int seen = 0;
        int document = documents.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS) {
            int at = vectors.docID() < document ? vectors.advance(document) : vectors.docID();
            if (at == DocIdSetIterator.NO_MORE_DOCS) {
                return;
            }
            if (at > document) {
                document = documents.advance(at);
                continue;
            }
            if (live == null || live.get(document)) {
                nearest.add(leaf.docBase + document, VectorUtil.dotProduct(target, vectors.vectorValue()));
            }
            if (++seen % SCAN_CHECK == 0) {
                cancellation.throwIfCancelled();
            }
            document = documents.nextDoc();
        }
    }

    private FixedBitSet accepted(LeafReaderContext leaf) throws IOException {
        FixedBitSet accepted = new FixedBitSet(leaf.reader().maxDoc());
        Scorer scorer = filter == null ? null : filter.scorer(leaf);
        if (scorer != null) {
            accepted.or(scorer.iterator());
        }
        Bits live = leaf.reader().getLiveDocs();
        if (live != null) {
            removeDeleted(accepted, live);
        }
        return accepted;
    }

    private static void removeDeleted(BitSet accepted, Bits live) {
        for (int i = accepted.nextSetBit(0); i != DocIdSetIterator.NO_MORE_DOCS; ) {
            if (!live.get(i)) {
                accepted.clear(i);
            }
            i = i + 1 < accepted.length() ? accepted.nextSetBit(i + 1) : DocIdSetIterator.NO_MORE_DOCS;
        }
    }

    private static boolean hasGraph(LeafReader reader) {
        if (!(reader instanceof CodecReader codec)) {
            return false;
        }
        KnnVectorsReader vectors = codec.getVectorReader();
        if (vectors instanceof PerFieldKnnVectorsFormat.FieldsReader fields) {
            vectors = fields.getFieldReader(PassageFields.VECTOR);
        }
        return vectors instanceof HnswGraphProvider;
    }

    /** Keeps the nearest ones, and all that are as near as the last of them: their keys decide, not their places. */
    private static final class Nearest {
        private final int limit;
        private final float[] heap;
        private int size;
        private int trimAt;
        private final List<ScoreDoc> kept = new ArrayList<>();

        Nearest(int limit) {
            this.limit = limit;
            this.heap = new float[limit];
            this.trimAt = 4 * limit + 1_000;
        }

        void add(int document, float cosine) {
            if (size == limit && cosine < heap[0]) {
                return;
            }
            kept.add(new ScoreDoc(document, cosine));
            if (size < limit) {
                heap[size++] = cosine;
                up(size - 1);
            } else {
                heap[0] = cosine;
                down();
            }
            if (kept.size() > trimAt) {
                kept.removeIf(hit -> hit.score < heap[0]);
                trimAt = Math.max(trimAt, 2 * kept.size());
            }
        }

        List<ScoreDoc> best() {
            if (size == limit) {
                kept.removeIf(hit -> hit.score < heap[0]);
            }
            return kept;
        }

        private void up(int from) {
            int i = from;
            while (i > 0 && heap[i] < heap[(i - 1) / 2]) {
                swap(i, (i - 1) / 2);
                i = (i - 1) / 2;
            }
        }

        private void down() {
            int i = 0;
            while (true) {
                int least = i;
                for (int child = 2 * i + 1; child <= 2 * i + 2 && child < size; child++) {
                    least = heap[child] < heap[least] ? child : least;
                }
                if (least == i) {
                    return;
                }
                swap(i, least);
                i = least;
            }
        }

        private void swap(int a, int b) {
            float kept = heap[a];
            heap[a] = heap[b];
            heap[b] = kept;
        }
    }
}
