package dev.datastudio.rag.index;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.SearchRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of passages and of questions, as stems. Never parsed, so nothing in a question is an operator.
 *
 * <p>Each language that an index holds reads the question by its own rules and looks among its own passages, so a name
 * or a number is found in passages of another language than that of the question. Words that say nothing in the
 * language of the question are left out everywhere: "the" is rare in German passages and would count much there.
 */
final class QuestionWords {
    /** How much of a question is read, in characters. */
    static final int MAX_CHARACTERS = 20_000;

    /** How many different words of a question are looked for, the rarest ones, in all languages together. */
    static final int MAX_TERMS = 256;

    private QuestionWords() {}

    /**
     * The stems of a question and how often each is there, by language, in the order of the question.
     *
     * @param languages that the index holds
     */
    static Map<String, Map<String, Integer>> of(SearchRequest.Words words, List<String> languages) throws IOException {
        String text = words.text().substring(0, Math.min(words.text().length(), MAX_CHARACTERS));
        String asked = Languages.of(words.language());
        Map<String, Map<String, Integer>> stems = new LinkedHashMap<>();
        for (String language : languages) {
            String read = language.equals(asked) || language.equals(Languages.CJK) ? text : meaningful(text, asked);
            stems.put(language, stems(read, language));
        }
        return stems;
    }

    /** What is searched of a passage: its context and its text. */
    static String text(Passage passage) {
        return passage.context().isBlank() ? passage.text() : passage.context() + "\n" + passage.text();
    }

    /** The stems of a text by the rules of a language, and how often each is there. */
    static Map<String, Integer> stems(String text, String language) throws IOException {
        Map<String, Integer> stems = new LinkedHashMap<>();
        forEachToken(text, language, token -> stems.merge(token, 1, Integer::sum));
        return stems;
    }

    private static String meaningful(String text, String language) throws IOException {
        CharArraySet stopWords = Languages.stopWords(language);
        if (stopWords.isEmpty()) {
            return text;
        }
        StringJoiner kept = new StringJoiner(" ");
        forEachToken(text, Languages.UNKNOWN, token -> {
            if (!stopWords.contains(token)) {
                kept.add(token);
            }
        });
        return kept.toString();
    }

    private static void forEachToken(String text, String language, Consumer<String> use) throws IOException {
        Analyzer analyzer = Languages.analyzer(language);
        try (TokenStream tokens = analyzer.tokenStream(PassageFields.WORDS + language, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                use.accept(term.toString());
            }
            tokens.end();
        }
    }
}
