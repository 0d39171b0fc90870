package dev.datastudio.rag.answer.internal;

import dev.datastudio.rag.answer.Exchange;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Completes a question that leans on the one before it, without a model: a question with a word that points back, or
 * with hardly a word of its own, is looked for together with the question before. English only.
 */
public final class FollowUpQuestions {
    private static final Pattern POINTS_BACK = Pattern.compile(
            "\\b(it|its|they|them|their|theirs|that|this|those|these|he|him|his|she|her|hers|there|ones?|such|same)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GOES_ON = Pattern.compile(
            "^\\s*(and|or|but|also|what about|how about|what else|anything else|why|since when|until when|how so)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int FEW_WORDS = 1;

    private final Terms terms;

    /** Follow-ups whose words are counted as {@code terms} gives them. */
    public FollowUpQuestions(Terms terms) {
        this.terms = terms;
    }

    /**
     * The question as it stands alone.
     *
     * @param before the conversation, the oldest first
     */
    public String complete(String question, List<Exchange> before) {
        if (before.isEmpty()) {
            return question;
        }
        Set<String> words = terms.of(question);
        boolean leans = words.size() <= FEW_WORDS
                || GOES_ON.matcher(question).matches()
                || POINTS_BACK.matcher(question).find();
        if (!leans) {
            return question;
        }
        String last = before.get(before.size() - 1).question();
        return terms.of(last).equals(words) ? question : last.strip() + " " + question.strip();
    }
}
