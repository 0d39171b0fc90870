package dev.datastudio.rag.answer;

import java.util.List;
import java.util.Objects;

/**
 * A part of an answer. Immutable.
 *
 * @param text one or a few sentences
 * @param citations the words of documents that it rests on; without any, nothing shows that it is true
 */
public record Statement(String text, List<Citation> citations) {
    public Statement {
        Objects.requireNonNull(text, "text");
        citations = List.copyOf(citations);
    }

    /** Whether it rests on words of a document at all. That these words bear it out is for people to judge. */
    public boolean isSupported() {
        return !citations.isEmpty();
    }
}
