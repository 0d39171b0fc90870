package dev.datastudio.agents.vocabulary;

import dev.datastudio.core.analysis.PlanJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that was taught. Immutable.
 *
 * @param words the taught words
 * @param questions the verified questions
 * @param version differs whenever the content does, so it can be part of a cache key; empty when nothing was taught
 */
public record Vocabulary(List<TaughtWord> words, List<VerifiedQuestion> questions, String version) {
    /** Nothing taught. */
    public static final Vocabulary EMPTY = new Vocabulary(List.of(), List.of(), "");

    public Vocabulary {
        words = List.copyOf(words);
        questions = List.copyOf(questions);
    }

    /** A vocabulary with the version that follows from its content. */
    public static Vocabulary of(List<TaughtWord> words, List<VerifiedQuestion> questions) {
        return words.isEmpty() && questions.isEmpty()
                ? EMPTY
                : new Vocabulary(words, questions, version(words, questions));
    }

    private static String version(List<TaughtWord> words, List<VerifiedQuestion> questions) {
        String all = Stream.concat(
                        words.stream().map(TaughtWord::toString),
                        questions.stream().map(q -> q.question() + '\n' + PlanJson.write(q.plan())))
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The verified question that a text asks. */
    public Optional<VerifiedQuestion> verified(String text) {
        return questions.stream().filter(q -> q.isAskedBy(text)).findFirst();
    }
}
