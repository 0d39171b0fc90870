package dev.datastudio.rag.chunk;

/** Counts the tokens of a text as an embedding model would. Thread-safe. */
@FunctionalInterface
public interface TokenCounter {
    /**
     * How many tokens a text has, without those that a model adds at its ends; 0 for a blank text. The whole text is
     * counted, also beyond what the model takes.
     */
    int count(String text);
}
