package dev.datastudio.rag.chunk;

/**
 * Counts the tokens of a text as an embedding model would. Thread-safe.
 *
 * <p>Two texts put together with white space between them must not have more tokens than both have alone.
 */
@FunctionalInterface
public interface TokenCounter {
    /**
     * How many tokens a text has, without those that a model adds at its ends; 0 for a blank text. The whole text is
     * counted, also beyond what the model takes.
     */
    int count(String text);

    /**
     * A counter without a model: about what a word-piece tokenizer of an English model makes of a text. Rather too many
     * than too few: a word of up to six letters is one token, a longer one has another for each three letters more,
     * letters beyond ASCII and digits count more, and every sign and every Chinese or Japanese character is one.
     */
    static TokenCounter estimate() {
        return TokenEstimate::count;
    }
}
