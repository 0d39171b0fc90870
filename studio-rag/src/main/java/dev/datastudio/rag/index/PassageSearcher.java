package dev.datastudio.rag.index;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.VectorSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.jspecify.annotations.Nullable;

/**
 * One state of an index, scored by BM25 with k1 0.9 and b 0.4, which Trotman, Puurula and Burgess (Improvements to BM25
 * and Language Models Examined, 2014) and Lucene's baselines for many collections take.
 *
 * <p>The words of each language are a field of their own. How rare a word is, is counted among all passages and not
 * among those of its language, or the words of a language with three passages would all count as common.
 */
final class PassageSearcher extends IndexSearcher {
    static final Similarity BM25 = new BM25Similarity(0.9f, 0.4f);

    private static final String MODEL = "model";
    private static final String DIMENSION = "dimension";

    private final List<String> languages;
    private final long passages;

    /** Reads what the index holds. */
    PassageSearcher(IndexReader reader) throws IOException {
        super(reader);
        setSimilarity(BM25);
        List<String> found = new ArrayList<>();
        long counted = 0;
        for (FieldInfo field : FieldInfos.getMergedFieldInfos(reader)) {
            if (field.name.startsWith(PassageFields.WORDS)) {
                int documents = reader.getDocCount(field.name);
                counted += documents;
                if (documents > 0) {
                    found.add(field.name.substring(PassageFields.WORDS.length()));
                }
            }
        }
        this.languages = found.stream().sorted().toList();
        this.passages = counted;
    }

    private PassageSearcher(PassageSearcher shared) {
        super(shared.getIndexReader());
        setSimilarity(BM25);
        this.languages = shared.languages;
        this.passages = shared.passages;
    }

    /** The same state for one search that can be cancelled. */
    PassageSearcher cancelledBy(Cancellation cancellation) {
        if (cancellation == Cancellation.none()) {
            return this;
        }
        PassageSearcher searcher = new PassageSearcher(this);
        searcher.setTimeout(cancellation::isCancelled);
        return searcher;
    }

    /** In which words are kept. */
    List<String> languages() {
        return languages;
    }

    /** Which vectors it holds, as its last commit says. */
    Optional<VectorSpace> space() throws IOException {
        return space(((DirectoryReader) getIndexReader()).getIndexCommit().getUserData());
    }

    static Optional<VectorSpace> space(Map<String, String> commit) {
        String model = commit.get(MODEL);
        return model == null
                ? Optional.empty()
                : Optional.of(new VectorSpace(model, Integer.parseInt(commit.getOrDefault(DIMENSION, "0"))));
    }

    static Map<String, String> commit(VectorSpace space) {
        return Map.of(MODEL, space.model(), DIMENSION, Integer.toString(space.dimension()));
    }

    @Override
    public @Nullable CollectionStatistics collectionStatistics(String field) throws IOException {
        CollectionStatistics own = super.collectionStatistics(field);
        if (own == null || own.docCount() == passages || !field.startsWith(PassageFields.WORDS)) {
            return own;
        }
        double scale = (double) passages / own.docCount(); // keeps the mean length
        return new CollectionStatistics(
                field,
                Math.max(own.maxDoc(), passages),
                passages,
                (long) Math.ceil(own.sumTotalTermFreq() * scale),
                Math.max(passages, (long) Math.floor(own.sumDocFreq() * scale)));
    }
}
