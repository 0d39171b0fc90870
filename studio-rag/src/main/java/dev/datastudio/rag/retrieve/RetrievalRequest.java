package dev.datastudio.rag.retrieve;

import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchRequest;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What is looked for. Immutable.
 *
 * @param text as somebody typed it, not blank
 * @param language BCP 47 of the text; {@code und} when it is not known
 * @param filter which passages may be found
 * @param limit how many at most, 1 to {@link SearchRequest#MAX_LIMIT}
 * @param live whether a version counts; asked once for each version that was found, on the calling thread
 */
public record RetrievalRequest(
        String text, String language, SearchFilter filter, int limit, Predicate<PassageKey.Version> live) {
    /** How many passages are given unless told. */
    public static final int DEFAULT_LIMIT = 10;

    /** @throws IllegalArgumentException if the text is blank or the limit out of range */
    public RetrievalRequest {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(live, "live");
        if (Objects.requireNonNull(text, "text").isBlank()) {
            throw new IllegalArgumentException("text must not be blank");
        }
        if (limit < 1 || limit > SearchRequest.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be in 1.." + SearchRequest.MAX_LIMIT + ", was " + limit);
        }
    }

    /** Looks among all passages for {@value #DEFAULT_LIMIT}, in an unknown language. */
    public static RetrievalRequest of(String text) {
        return new RetrievalRequest(text, "und", SearchFilter.ALL, DEFAULT_LIMIT, version -> true);
    }

    /** The same in a language. */
    public RetrievalRequest language(String other) {
        return new RetrievalRequest(text, other, filter, limit, live);
    }

    /** The same among other passages. */
    public RetrievalRequest filter(SearchFilter other) {
        return new RetrievalRequest(text, language, other, limit, live);
    }

    /** The same for another number of passages. */
    public RetrievalRequest limit(int other) {
        return new RetrievalRequest(text, language, filter, other, live);
    }

    /** The same with another rule for which versions count. */
    public RetrievalRequest live(Predicate<PassageKey.Version> other) {
        return new RetrievalRequest(text, language, filter, limit, other);
    }
}
