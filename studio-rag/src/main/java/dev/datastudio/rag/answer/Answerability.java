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
 * the question's words as well; where meaning was not looked at, when the best passage lacks most of the words. Measured with
 * BGE-small, see docs/documents.md. That keeps out what is off the subject: a text on the subject that lacks the answer is
 * as near as one that has it.
 */
final class Answerability {
    /**
     * When a text is off the subject.
     *
     * @param cosine below it, with less than {@code words}
     * @param words a part of the question's words, each by its rarity
     * @param wordsAlone below it, where there is no cosine, a part of the question's words in the best passage
     */
    private record Rule(double cosine, double words, double wordsAlone) {}

    private static final Rule PROSE = new Rule(0.70, 0.5, 1.0 / 3);

    /** Tables of numbers are farther from the questions that they answer. */
    private static final Rule NUMBERS = new Rule(0.60, 0.4, 0.2);

    private static final int BEST = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private Answerability() {}

    /**
     * Whether it may hold the answer.
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
                .orElseGet(() -> partOfWords(question, evidence.get(0)) >= rule.wordsAlone());
    }

    /** Each word counts the same: how rare it is can't be seen in the few passages of a small collection. */
    private static double partOfWords(String question, Evidence best) {
        QuestionWords words = new QuestionWords(question);
        String language = best.passage().language();
        int all = words.all(language).size();
        return all == 0 ? 0 : (double) words.of(text(best), language).size() / all;
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
            Set<String> found = words.of(text(each), each.passage().language());
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

    private static String text(Evidence evidence) {
        return evidence.passage().context() + "\n" + evidence.passage().text();
    }

    private static double weight(Set<String> words, Map<String, Integer> having, int passages) {
        return words.stream()
                .mapToDouble(word -> Math.log(1 + (passages + 1.0) / (having.getOrDefault(word, 0) + 1)))
                .sum();
    }
}
