package dev.datastudio.rag.answer;

import java.util.Objects;

/**
 * A question that was asked before, and what was answered. Immutable.
 *
 * @param question as it stands alone: {@link DocumentAnswer#question()}
 * @param answer its text; may be empty
 */
public record Exchange(String question, String answer) {
    public Exchange {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answer, "answer");
    }

    /** What an answer adds to a conversation. */
    public static Exchange of(DocumentAnswer answer) {
        return new Exchange(answer.question(), answer.text());
    }
}
