package dev.datastudio.api.search;

import java.util.Objects;

/**
 * A passage that was found. Immutable.
 *
 * @param passage as it was put in, without its vector
 * @param score by which hits are in order: BM25 from 0 up, or the cosine, -1 to 1. Scores of two kinds, or of two
 *     indexes, can't be compared
 */
public record SearchHit(Passage passage, double score) {
    public SearchHit {
        Objects.requireNonNull(passage, "passage");
    }
}
