package dev.datastudio.rag.index;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VersionStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** Which versions one state of an index holds. */
record Published(PassageSearcher searcher) {
    static Published in(PassageSearcher searcher) {
        return new Published(searcher);
    }

    boolean has(PassageKey.Version version) throws IOException {
        return first(PassageFields.versionTerm(version)) >= 0;
    }

    /** The version of a document; there is one at most. */
    Optional<PassageKey.Version> of(String document) throws IOException {
        int first = first(PassageFields.documentTerm(document));
        return first < 0
                ? Optional.empty()
                : Optional.of(PassageFields.passage(searcher.storedFields(), first)
                        .key()
                        .version());
    }

    /** By what those of some documents that are there can be deleted. */
    Term[] termsOf(Collection<String> documents) throws IOException {
        List<Term> terms = new ArrayList<>();
        for (String document : documents) {
            Term term = PassageFields.documentTerm(document);
            if (first(term) >= 0) {
                terms.add(term);
            }
        }
        return terms.toArray(Term[]::new);
    }

    List<VersionStatus> versions() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            Terms terms = leaf.reader().terms(PassageFields.VERSION);
            if (terms != null) {
                count(terms.iterator(), leaf.reader().getLiveDocs(), counts);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new VersionStatus(PassageFields.version(entry.getKey()), true, entry.getValue()))
                .toList();
    }

    private static void count(TermsEnum terms, @Nullable Bits live, Map<String, Integer> counts) throws IOException {
        @Nullable PostingsEnum postings = null;
        while (terms.next() != null) {
            int count = terms.docFreq();
            if (live != null) {
                postings = terms.postings(postings, PostingsEnum.NONE);
                count = 0;
                while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    count += live.get(postings.docID()) ? 1 : 0;
                }
            }
            if (count > 0) {
                counts.merge(terms.term().utf8ToString(), count, Integer::sum);
            }
        }
    }

    List<Passage> passages(PassageKey.Version version, int from, int limit) throws IOException {
        Query query = new BooleanQuery.Builder()
                .add(new TermQuery(PassageFields.versionTerm(version)), Occur.FILTER)
                .add(
                        NumericDocValuesField.newSlowRangeQuery(PassageFields.ORDINAL, from, Integer.MAX_VALUE),
                        Occur.FILTER)
                .build();
        StoredFields fields = searcher.storedFields();
        List<Passage> passages = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query, limit, PassageFields.BY_KEY).scoreDocs) {
            passages.add(PassageFields.passage(fields, hit.doc));
        }
        return List.copyOf(passages);
    }

    /** The first living passage, or -1. */
    private int first(Term term) throws IOException {
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
            Bits live = leaf.reader().getLiveDocs();
            while (postings != null && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if (live == null || live.get(postings.docID())) {
                    return leaf.docBase + postings.docID();
                }
            }
        }
        return -1;
    }
}
