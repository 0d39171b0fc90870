package dev.datastudio.rag.answer.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The words of a question that say what is asked for, looked for in texts of several languages, each by the rules of the
 * text's own. Not thread-safe.
 */
public final class QuestionWords {
    private final String question;

    /** What is left out in every language, unless nothing else is there. */
    private final Set<String> small;

    /** Of each language, the words of the question by their stems. */
    private final Map<String, Map<String, String>> byLanguage = new HashMap<>();

    /** The words of a question. */
    public QuestionWords(String question) {
        this.question = question;
        this.small = QuestionLanguage.smallWords(QuestionLanguage.of(question));
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
            Map<String, String> all = new LinkedHashMap<>();
            for (Terms.Occurrence each : Terms.in(language).occurrences(question)) {
                all.putIfAbsent(
                        each.word(), question.substring(each.from(), each.to()).toLowerCase(Locale.ROOT));
            }
            Map<String, String> words = new LinkedHashMap<>(all);
            words.values().removeAll(small);
            return words.isEmpty() ? all : words;
        });
    }
}
