package dev.datastudio.rag.index.internal;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.lucene.codecs.hnsw.FlatFieldVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.util.hnsw.CloseableRandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * Writes vectors for a graph that can be given up while it is built. Lucene looks whether a merge was aborted only when
 * it writes, and a graph of 100,000 vectors is built for minutes before its first byte is written.
 */
final class AbortableVectorsWriter extends FlatVectorsWriter {
    private final FlatVectorsWriter delegate;
    private final BooleanSupplier aborted;

    AbortableVectorsWriter(FlatVectorsWriter delegate, BooleanSupplier aborted) {
        super(delegate.getFlatVectorScorer());
        this.delegate = delegate;
        this.aborted = aborted;
    }

    @Override
    public FlatFieldVectorsWriter<?> addField(FieldInfo field) throws IOException {
        return delegate.addField(field);
    }

    @Override
    public CloseableRandomVectorScorerSupplier mergeOneFieldToIndex(FieldInfo field, MergeState state)
            throws IOException {
        return new Abortable(delegate.mergeOneFieldToIndex(field, state), aborted);
    }

    @Override
    public void mergeOneField(FieldInfo field, MergeState state) throws IOException {
        delegate.mergeOneField(field, state);
    }

    @Override
    public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
        delegate.flush(maxDoc, sortMap);
    }

    @Override
    public void finish() throws IOException {
        delegate.finish();
    }

    @Override
    public long ramBytesUsed() {
        return delegate.ramBytesUsed();
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }

    /** Asks before each vector; the builders of a graph work with copies. */
    private static class Asking implements RandomVectorScorerSupplier {
        private final RandomVectorScorerSupplier delegate;
        private final BooleanSupplier aborted;

        Asking(RandomVectorScorerSupplier delegate, BooleanSupplier aborted) {
            this.delegate = delegate;
            this.aborted = aborted;
        }

        @Override
        public RandomVectorScorer scorer(int ordinal) throws IOException {
            if (aborted.getAsBoolean()) {
                throw new MergePolicy.MergeAbortedException("the index is closed or another process waits for it");
            }
            return delegate.scorer(ordinal);
        }

        @Override
        public RandomVectorScorerSupplier copy() throws IOException {
            return new Asking(delegate.copy(), aborted);
        }
    }

    /** The one that the merge closes. */
    private static final class Abortable extends Asking implements CloseableRandomVectorScorerSupplier {
        private final CloseableRandomVectorScorerSupplier vectors;

        Abortable(CloseableRandomVectorScorerSupplier vectors, BooleanSupplier aborted) {
            super(vectors, aborted);
            this.vectors = vectors;
        }

        @Override
        public int totalVectorCount() {
            return vectors.totalVectorCount();
        }

        @Override
        public void close() throws IOException {
            vectors.close();
        }
    }
}
