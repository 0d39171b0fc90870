package dev.datastudio.rag.index.internal;

import java.io.IOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsReader;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Vectors as they are in small segments, and with a graph (HNSW: Malkov and Yashunin, Efficient and robust approximate
 * nearest neighbor search using Hierarchical Navigable Small World graphs, 2018) in large ones.
 *
 * <p>To build a graph costs about a millisecond a vector, to scan one less than a microsecond. So a segment gets its
 * graph when segments are merged and the new one has {@value #GRAPH_FROM} documents: putting a document in doesn't
 * build graphs, and a search scans a few thousand vectors at most besides the graphs it walks.
 *
 * <p>All names of Lucene's file formats are here and nowhere else. Found by Lucene by its name; immutable.
 */
public final class PassageVectorsFormat extends KnnVectorsFormat {
    /** The fewest documents of a segment with a graph. */
    public static final int GRAPH_FROM = 8_000;

    private static final String NAME = "StudioPassageVectors";
    private static final String GRAPH = NAME + ".graph";
    private static final int MAX_DIMENSION = 4_096;
    private static final int NEIGHBOURS = 16;
    private static final int BEAM_WIDTH = 100;
    private static final FlatVectorsFormat FLAT =
            new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());

    private final BooleanSupplier aborted;

    /** For Lucene, to read. */
    public PassageVectorsFormat() {
        this(() -> false);
    }

    private PassageVectorsFormat(BooleanSupplier aborted) {
        super(NAME);
        this.aborted = Objects.requireNonNull(aborted, "aborted");
    }

    /**
     * The formats to write an index in.
     *
     * @param aborted asked for each vector put into a graph: whether to give the graph up
     */
    public static Codec codec(BooleanSupplier aborted) {
        PassageVectorsFormat vectors = new PassageVectorsFormat(aborted);
        return new Lucene912Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return vectors;
            }
        };
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        boolean merges = state.context.mergeInfo != null;
        if (!merges || state.segmentInfo.maxDoc() < GRAPH_FROM) {
            return FLAT.fieldsWriter(state);
        }
        state.segmentInfo.putAttribute(GRAPH, "true");
        return new Lucene99HnswVectorsWriter(
                state, NEIGHBOURS, BEAM_WIDTH, new AbortableVectorsWriter(FLAT.fieldsWriter(state), aborted), 1, null);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return state.segmentInfo.getAttribute(GRAPH) == null
                ? FLAT.fieldsReader(state)
                : new Lucene99HnswVectorsReader(state, FLAT.fieldsReader(state));
    }

    @Override
    public int getMaxDimensions(String field) {
        return MAX_DIMENSION;
    }
}
