package dev.datastudio.rag.answer;

import dev.datastudio.api.progress.Cancellation;
import java.util.List;
import java.util.Objects;

/**
 * How a question is answered. Immutable.
 *
 * @param passages how many passages are read at most, 1 to {@link #MAX_PASSAGES}
 * @param contextTokens how many tokens of passages a model is given at most, 100 to 1,000,000
 * @param documents ids of the documents that are asked; without any, all that the caller sees
 * @param before the conversation so far, the oldest first; its end counts
 * @param cancellation stops the work
 */
public record AnswerOptions(
        int passages, int contextTokens, List<String> documents, List<Exchange> before, Cancellation cancellation) {
    /** The most passages. */
    public static final int MAX_PASSAGES = 50;

    /** 8 passages of at most 3,000 tokens, out of all documents. */
    public static final AnswerOptions DEFAULT = new AnswerOptions(8, 3_000, List.of(), List.of(), Cancellation.none());

    /** @throws IllegalArgumentException if a number is out of range */
    public AnswerOptions {
        requireRange("passages", passages, 1, MAX_PASSAGES);
        requireRange("contextTokens", contextTokens, 100, 1_000_000);
        documents = List.copyOf(documents);
        before = List.copyOf(before);
        Objects.requireNonNull(cancellation, "cancellation");
    }

    private static void requireRange(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " must be in " + from + ".." + to + ", was " + value);
        }
    }

    /** These with another number of passages. */
    public AnswerOptions withPassages(int most) {
        return new AnswerOptions(most, contextTokens, documents, before, cancellation);
    }

    /** These with another number of tokens for a model. */
    public AnswerOptions withContextTokens(int most) {
        return new AnswerOptions(passages, most, documents, before, cancellation);
    }

    /** These about some documents only. */
    public AnswerOptions about(List<String> documentIds) {
        return new AnswerOptions(passages, contextTokens, documentIds, before, cancellation);
    }

    /** These within a conversation. */
    public AnswerOptions after(List<Exchange> conversation) {
        return new AnswerOptions(passages, contextTokens, documents, conversation, cancellation);
    }

    /** These, to be stopped by somebody. */
    public AnswerOptions cancelledBy(Cancellation other) {
        return new AnswerOptions(passages, contextTokens, documents, before, other);
    }
}
