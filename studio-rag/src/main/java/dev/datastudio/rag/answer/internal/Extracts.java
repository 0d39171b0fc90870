package dev.datastudio.rag.answer.internal;

import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.answer.Statement;
import dev.datastudio.rag.document.DocumentPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers with the sentences of the found passages that hold the most of the question: each word counts the more, the
 * fewer of the sentences have it, and each further sentence is judged by the words that those before it lack. One that
 * holds less than half of what the first one holds is left out: it shares a word with the question by chance.
 */
public final class Extracts {
    private static final int MAX_STATEMENTS = 3;
    private static final int MAX_CHARACTERS = 600;

    /** How much of the question a further sentence must hold, as a part of what the first one holds. */
    private static final double LEAST_OF_FIRST = 0.5;

    /** What a passage's place adds for its sentences: among equals, the best passage first. */
    private static final double RANK_WEIGHT = 0.5;

    /** A few words without an end: they say what is spoken of, and nothing of it. */
    private static final Pattern HEADING = Pattern.compile("(?:[^\\s|]+\\s+){0,6}[^\\s|]*[^\\s.!?;:\u3002|]");

    private final QuestionWords question;

    /** Extracts for a question. */
    public Extracts(QuestionWords question) {
        this.question = question;
    }

    /**
     * The sentences that answer the question best, each with its citation.
     *
     * @param evidence the best first
     * @return at most three; none when no sentence has a word of the question
     */
    public List<Statement> answer(List<Evidence> evidence) {
        List<Sentence> sentences = sentences(evidence);
        Set<String> wanted = new HashSet<>();
        sentences.forEach(sentence -> wanted.addAll(sentence.words()));
        Map<String, Double> weights = weights(wanted, sentences);
        List<Statement> statements = new ArrayList<>();
        Set<String> open = new HashSet<>(wanted);
        while (statements.size() < MAX_STATEMENTS && !open.isEmpty()) {
            Sentence best = sentences.stream()
                    .filter(sentence -> sentence.words().stream().anyMatch(open::contains))
                    .max(Comparator.comparingDouble(sentence -> worth(sentence, open, weights)))
                    .orElse(null);
            if (best == null) {
                break;
            }
            statements.add(best.statement());
            open.removeAll(best.words());
            sentences.remove(best);
            if (statements.size() == 1) {
                double least = LEAST_OF_FIRST * weight(best.words(), weights);
                sentences.removeIf(sentence -> weight(sentence.words(), weights) < least);
            }
        }
        return statements;
    }

    private List<Sentence> sentences(List<Evidence> evidence) {
        List<Sentence> sentences = new ArrayList<>();
        for (int rank = 0; rank < evidence.size(); rank++) {
            DocumentPassage passage = evidence.get(rank).passage();
            for (Quotes.Span span : Sentences.of(passage.text(), passage.language())) {
                int to = Math.min(span.to(), span.from() + MAX_CHARACTERS);
                String text = passage.text().substring(span.from(), to);
                if (!HEADING.matcher(text).matches()) {
                    sentences.add(new Sentence(passage, span.from(), to, question.of(text, passage.language()), rank));
                }
            }
        }
        return sentences;
    }

    private static Map<String, Double> weights(Set<String> wanted, List<Sentence> sentences) {
        Map<String, Double> weights = new HashMap<>();
        for (String word : wanted) {
            long having = sentences.stream()
                    .filter(sentence -> sentence.words().contains(word))
                    .count();
            weights.put(word, Math.log(1 + (sentences.size() + 1.0) / (having + 1)));
        }
        return weights;
    }

    private static double worth(Sentence sentence, Set<String> open, Map<String, Double> weights) {
        Set<String> words = new HashSet<>(sentence.words());
        words.retainAll(open);
        return weight(words, weights) + RANK_WEIGHT / (1 + sentence.rank());
    }

    private static double weight(Set<String> words, Map<String, Double> weights) {
        return words.stream()
                .mapToDouble(word -> weights.getOrDefault(word, 0.0))
                .sum();
    }

    /** A sentence of a passage, with the words of the question that it has, and the rank of the passage from 0. */
    private record Sentence(DocumentPassage passage, int from, int to, Set<String> words, int rank) {
        Statement statement() {
            Citation citation = Citation.of(passage, from, to);
            return new Statement(citation.quote(), List.of(citation));
        }
    }
}
