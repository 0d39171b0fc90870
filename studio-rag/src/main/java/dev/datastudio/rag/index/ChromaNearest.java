package dev.datastudio.rag.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.rag.index.internal.ChromaCollection;
import dev.datastudio.rag.index.internal.ChromaRecord;
import java.util.Comparator;
import java.util.List;

/**
 * A search by meaning. Chroma gives equals in any order, so one record more than wanted is asked for, and more while the
 * last one wanted has equals beyond, so that those with the first keys are found.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares searches
record ChromaNearest(ChromaCollection collection, float[] vector, JsonNode where, Cancellation cancellation) {
    private static final int MOST = 10_000;
    private static final int FACTOR = 4;
    private static final Comparator<SearchHit> ORDER = Comparator.comparingDouble((SearchHit hit) -> -hit.score())
            .thenComparing(hit -> hit.passage().key().version().document())
            .thenComparing(hit -> hit.passage().key().ordinal());

    List<SearchHit> hits(int limit) {
        int asked = limit + 1;
        List<ChromaRecord.Read> found = collection.nearest(vector, where, asked, cancellation);
        while (found.size() == asked && asked < MOST && hasEqualsBeyond(found, limit)) {
            asked = Math.min(MOST, FACTOR * asked);
            found = collection.nearest(vector, where, asked, cancellation);
        }
        return found.stream()
                .map(read -> new SearchHit(ChromaPassages.passage(read), 1 - read.distance()))
                .sorted(ORDER)
                .limit(limit)
                .toList();
    }

    /** Whether the last one that was found is as near as the last one wanted: there may be more like it. */
    private static boolean hasEqualsBeyond(List<ChromaRecord.Read> found, int limit) {
        double[] distances =
                found.stream().mapToDouble(ChromaRecord.Read::distance).sorted().toArray();
        return distances[distances.length - 1] <= distances[limit - 1];
    }
}
