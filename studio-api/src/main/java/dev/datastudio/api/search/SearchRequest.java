package dev.datastudio.api.search;

import java.util.List;
import java.util.Objects;

/**
 * What is looked for in an index, by one retriever. Immutable.
 *
 * @param target by words or by meaning
 * @param filter which passages may be found
 * @param limit how many at most, 1 to {@link #MAX_LIMIT}
 */
public record SearchRequest(Target target, SearchFilter filter, int limit) {
    /** The most passages of one search. */
    public static final int MAX_LIMIT = 1_000;

    /** The most parts of a filter, each {@code And}, {@code Or}, {@code Not} and leaf counted. */
    public static final int MAX_FILTER_PARTS = 500;

    /** How deep a filter may be. */
    public static final int MAX_FILTER_DEPTH = 50;

    /** @throws IllegalArgumentException if the limit is out of range, or the filter too large or too deep */
    public SearchRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(filter, "filter");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
        int parts = parts(filter, 1);
        if (parts > MAX_FILTER_PARTS) {
            throw new IllegalArgumentException("filter must have at most " + MAX_FILTER_PARTS + " parts, has " + parts
                    + "; one AnyOf takes many values");
        }
    }

    private static int parts(SearchFilter filter, int depth) {
        if (depth > MAX_FILTER_DEPTH) {
            throw new IllegalArgumentException("filter must be at most " + MAX_FILTER_DEPTH + " deep");
        }
        List<SearchFilter> inner = List.of();
        if (filter instanceof SearchFilter.And and) {
            inner = and.parts();
        } else if (filter instanceof SearchFilter.Or or) {
            inner = or.parts();
        } else if (filter instanceof SearchFilter.Not not) {
            inner = List.of(not.part());
        }
        int parts = 1;
        for (SearchFilter part : inner) {
            parts += parts(part, depth + 1);
        }
        return parts;
    }

    /** By what passages are found. */
    public sealed interface Target {}

    /**
     * By its words, the best by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). Nothing in
     * the text is an operator; a text without a word that counts finds nothing.
     *
     * @param text as somebody typed it
     * @param language as {@link Passage#language()}: that of the text; {@code und} when it is not known
     */
    public record Words(String text, String language) implements Target {
        public Words {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(language, "language");
        }
    }

    /**
     * By meaning, the nearest by cosine. Don't change the array.
     *
     * @param vector of the space of the index
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares vectors number by number
    public record Meaning(float[] vector) implements Target {
        public Meaning {
            Objects.requireNonNull(vector, "vector");
        }
    }
}
