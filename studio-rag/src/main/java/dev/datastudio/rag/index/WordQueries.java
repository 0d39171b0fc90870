package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Questions as queries of Lucene: {@link QuestionWords}, any of which may be there. */
final class WordQueries {
    private WordQueries() {}

    /**
     * The queries of some words, one a language; empty when no word counts.
     *
     * @param languages that the index holds
     */
    static List<Query> of(SearchRequest.Words words, List<String> languages, IndexReader reader) throws IOException {
        List<Query> clauses = new ArrayList<>();
        for (Map.Entry<String, Map<String, Integer>> stems :
                QuestionWords.of(words, languages).entrySet()) {
            Map<Term, Integer> terms = new LinkedHashMap<>();
            stems.getValue()
                    .forEach((stem, times) -> terms.put(new Term(PassageFields.WORDS + stems.getKey(), stem), times));
            for (Term term : rarest(terms, QuestionWords.MAX_TERMS / languages.size(), reader)) {
                Query query = new TermQuery(term);
                int times = terms.getOrDefault(term, 1);
                clauses.add(times == 1 ? query : new BoostQuery(query, times));
            }
        }
        return clauses;
    }

    /** Any of the clauses. */
    static BooleanQuery.Builder any(List<Query> clauses) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        clauses.forEach(clause -> query.add(clause, Occur.SHOULD));
        return query.setMinimumNumberShouldMatch(1);
    }

    private static List<Term> rarest(Map<Term, Integer> terms, int most, IndexReader reader) throws IOException {
        if (terms.size() <= most) {
            return List.copyOf(terms.keySet());
        }
        Map<Term, Integer> frequencies = new LinkedHashMap<>();
        for (Term term : terms.keySet()) {
            int frequency = reader.docFreq(term);
            if (frequency > 0) {
                frequencies.put(term, frequency);
            }
        }
        return frequencies.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
