package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Questions as queries of Lucene: the words of the text, any of which may be there. Made of terms and never parsed, so
 * nothing in the text is an operator.
 *
 * <p>Each language that the index holds reads the question by its own rules and looks among its own passages, so a name
 * or a number is found in passages of another language than that of the question. Words that say nothing in the
 * language of the question are left out everywhere: "the" is rare in German passages and would count much there.
 */
final class WordQueries {
    /** How much of a question is read, in characters. */
    static final int MAX_CHARACTERS = 20_000;

    /** How many different words of a question are looked for, the rarest ones, in all languages together. */
    static final int MAX_TERMS = 256;

    private WordQueries() {}

    /**
     * The queries of some words, one a language; empty when no word counts.
     *
     * @param languages that the index holds
     */
    static List<Query> of(SearchRequest.Words words, List<String> languages, IndexReader reader) throws IOException {
        String text = words.text().substring(0, Math.min(words.text().length(), MAX_CHARACTERS));
        String asked = Languages.of(words.language());
        List<Query> clauses = new ArrayList<>();
        for (String language : languages) {
            String read = language.equals(asked) || language.equals(Languages.CJK) ? text : meaningful(text, asked);
            Map<Term, Integer> terms = terms(read, language);
            for (Term term : rarest(terms, MAX_TERMS / languages.size(), reader)) {
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

    private static String meaningful(String text, String language) throws IOException {
        CharArraySet stopWords = Languages.stopWords(language);
        if (stopWords.isEmpty()) {
            return text;
        }
        StringJoiner kept = new StringJoiner(" ");
        forEachToken(text, Languages.UNKNOWN, Languages.analyzer(Languages.UNKNOWN), token -> {
            if (!stopWords.contains(token)) {
                kept.add(token);
            }
        });
        return kept.toString();
    }

    private static Map<Term, Integer> terms(String text, String language) throws IOException {
        String field = PassageFields.WORDS + language;
        Map<Term, Integer> terms = new LinkedHashMap<>();
        forEachToken(
                text,
                field,
                Languages.analyzer(language),
                token -> terms.merge(new Term(field, token), 1, Integer::sum));
        return terms;
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

    private static void forEachToken(String text, String field, Analyzer analyzer, Consumer<String> use)
            throws IOException {
        try (TokenStream tokens = analyzer.tokenStream(field, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                use.accept(term.toString());
            }
            tokens.end();
        }
    }
}
