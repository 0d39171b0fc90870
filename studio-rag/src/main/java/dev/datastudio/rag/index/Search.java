package dev.datastudio.rag.index;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/** One search in one state of an index. */
record Search(PassageSearcher searcher, SearchRequest request, Cancellation cancellation) {
    private static final int COUNTED_HITS = 1;

    List<SearchHit> hits() throws IOException {
        return request.target() instanceof SearchRequest.Words words
                ? byWords(words)
                : byMeaning((SearchRequest.Meaning) request.target());
    }

    private List<SearchHit> byWords(SearchRequest.Words words) throws IOException {
        List<Query> clauses = WordQueries.of(words, searcher.languages(), searcher.getIndexReader());
        if (clauses.isEmpty()) {
            return List.of();
        }
        BooleanQuery.Builder query = WordQueries.any(clauses);
        FilterQueries.of(request.filter()).ifPresent(filter -> query.add(filter, Occur.FILTER));
        PassageSearcher cancellable = searcher.cancelledBy(cancellation);
        TopFieldDocs found = cancellable.search(
                query.build(),
                new TopFieldCollectorManager(PassageFields.BY_SCORE, request.limit(), null, COUNTED_HITS, false));
        if (cancellable.timedOut()) {
            throw Cancellation.cancelledError();
        }
        List<SearchHit> hits = new ArrayList<>();
        StoredFields fields = searcher.storedFields();
        for (ScoreDoc hit : found.scoreDocs) {
            float score = (Float) ((FieldDoc) hit).fields[0];
            hits.add(new SearchHit(PassageFields.passage(fields, hit.doc), score));
        }
        return List.copyOf(hits);
    }

    private List<SearchHit> byMeaning(SearchRequest.Meaning meaning) throws IOException {
        Optional<VectorSpace> space = searcher.space();
        if (space.isEmpty()) {
            return List.of();
        }
        if (meaning.vector().length != space.get().dimension()) {
            throw new IllegalArgumentException(
                    "The vector must have " + space.get().dimension() + " numbers, has " + meaning.vector().length);
        }
        UnitVectors.requireFinite(meaning.vector(), "the question");
        List<ScoreDoc> nearest = MeaningSearch.search(
                searcher, meaning.vector(), FilterQueries.of(request.filter()), request.limit(), cancellation);
        List<SearchHit> hits = new ArrayList<>();
        StoredFields fields = searcher.storedFields();
        for (Found found : inOrder(nearest)) {
            hits.add(new SearchHit(PassageFields.passage(fields, found.hit().doc), found.hit().score));
        }
        return List.copyOf(hits);
    }

    private List<Found> inOrder(List<ScoreDoc> nearest) throws IOException {
        List<Found> all = new ArrayList<>();
        for (ScoreDoc hit : nearest) {
            all.add(found(hit));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble((Found found) -> -found.hit().score)
                        .thenComparing(Found::document)
                        .thenComparingLong(Found::ordinal))
                .limit(request.limit())
                .toList();
    }

    private Found found(ScoreDoc hit) throws IOException {
        List<LeafReaderContext> leaves = searcher.getLeafContexts();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
        SortedDocValues documents = leaf.reader().getSortedDocValues(PassageFields.DOCUMENT);
        NumericDocValues ordinals = leaf.reader().getNumericDocValues(PassageFields.ORDINAL);
        int document = hit.doc - leaf.docBase;
        if (!documents.advanceExact(document) || !ordinals.advanceExact(document)) {
            throw new IOException("a document of the index has no key");
        }
        return new Found(hit, documents.lookupOrd(documents.ordValue()).utf8ToString(), ordinals.longValue());
    }

    /** A hit with what its {@link PassageKey} is compared by. */
    private record Found(ScoreDoc hit, String document, long ordinal) {}
}
