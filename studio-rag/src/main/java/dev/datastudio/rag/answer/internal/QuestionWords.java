package dev.datastudio.rag.answer.internal;

import dev.datastudio.rag.index.Languages;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The words of a question, looked for in texts of several languages, each by the rules of the text's own. Not
 * thread-safe.
 */
public final class QuestionWords {
    /** The language whose empty words are left out of questions in every language, as a search does. */
    private static final String ASKED_IN = "en";

    private final String question;

    /** Of each language, the words of the question by their stems. */
    private final Map<String, Map<String, String>> byLanguage = new HashMap<>();

    /** The words of a question. */
    public QuestionWords(String question) {
        this.question = question;
    }

    /** Where words of the question stand in a text. */
    public List<Terms.Occurrence> in(String text, String language) {
        Map<String, String> words = words(language);
        return Terms.in(language).occurrences(text).stream()
                .filter(occurrence -> words.containsKey(occurrence.word()))
                .toList();
    }

    /** Which words of the question stand in a text, as the question writes them. */
    public Set<String> of(String text, String language) {
        Map<String, String> words = words(language);
        Set<String> found = new HashSet<>();
        in(text, language).forEach(occurrence -> found.add(words.getOrDefault(occurrence.word(), "")));
        return found;
    }

    /** The words of the question that count in texts of a language, as the question writes them. */
    public Set<String> all(String language) {
        return Set.copyOf(words(language).values());
    }

    private Map<String, String> words(String language) {
        return byLanguage.computeIfAbsent(language, any -> {
            Map<String, String> words = new LinkedHashMap<>();
            for (Terms.Occurrence each : Terms.in(language).occurrences(question)) {
                String written = question.substring(each.from(), each.to()).toLowerCase(Locale.ROOT);
                if (!Languages.stopWords(ASKED_IN).contains(written)) {
                    words.putIfAbsent(each.word(), written);
                }
            }
            return words;
        });
    }
}
