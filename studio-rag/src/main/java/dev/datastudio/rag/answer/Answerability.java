package dev.datastudio.rag.answer;

import dev.datastudio.rag.answer.internal.QuestionWords;
import dev.datastudio.rag.retrieve.Retrieval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether what was found is near enough to a question to hold its answer. It is not when it is far in meaning and lacks
 * the question's words as well; measured with BGE-small, see docs/documents.md. That keeps out what is off the subject:
 * a text on the subject that lacks the answer is as near as one that has it.
 */
final class Answerability {
    /** Below which cosine, with less than which share of the words, a text is off the subject. */
    private record Rule(double cosine, double words) {}

    private static final Rule PROSE = new Rule(0.70, 0.5);

    /** Tables of numbers are farther from the questions that they answer. */
    private static final Rule NUMBERS = new Rule(0.60, 0.4);

    private static final int BEST = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private Answerability() {}

    /**
     * Whether it may hold the answer. Where meaning was not looked at, a passage with a word of the question may.
     *
     * @param evidence of what was found, the best first
     */
    static boolean mayAnswer(String question, Retrieval found, List<Evidence> evidence) {
        if (evidence.isEmpty()) {
            return false;
        }
        Rule rule = isOfNumbers(evidence.get(0).passage().text()) ? NUMBERS : PROSE;
        return found.bestCosine()
                .map(cosine -> cosine >= rule.cosine() || shareOfWords(question, evidence) >= rule.words())
                .orElse(true);
    }

    /** At least every third word has a digit. */
    private static boolean isOfNumbers(String text) {
        List<String> words =
                WORD.matcher(text).results().map(each -> each.group()).toList();
        long numbers = words.stream()
                .filter(word -> word.chars().anyMatch(Character::isDigit))
                .count();
        return !words.isEmpty() && 3 * numbers >= words.size();
    }

    /** The largest part of the question's words that stands in one of the best passages; rare words count more. */
    private static double shareOfWords(String question, List<Evidence> evidence) {
        QuestionWords words = new QuestionWords(question);
        List<Set<String>> there = new ArrayList<>();
        Map<String, Integer> having = new HashMap<>();
        for (Evidence each : evidence) {
            String text = each.passage().context() + "\n" + each.passage().text();
            Set<String> found = words.of(text, each.passage().language());
            found.forEach(word -> having.merge(word, 1, Integer::sum));
            there.add(found);
        }
        Set<String> all = words.all(evidence.get(0).passage().language());
        double whole = weight(all, having, evidence.size());
        return there.stream()
                .limit(BEST)
                .mapToDouble(found -> whole == 0 ? 0 : weight(found, having, evidence.size()) / whole)
                .max()
                .orElse(0);
    }

    private static double weight(Set<String> words, Map<String, Integer> having, int passages) {
        return words.stream()
                .mapToDouble(word -> Math.log(1 + (passages + 1.0) / (having.getOrDefault(word, 0) + 1)))
                .sum();
    }
}
