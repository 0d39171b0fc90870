package dev.datastudio.rag.retrieve;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A passage that was found, with the scores that its place stands on. Immutable.
 *
 * @param passage without its vector
 * @param score by which passages are fused, see {@link Fusion}; can't be compared between questions
 * @param found what each retriever says that found it
 * @param reranked what the reranker says, by which passages are then in order; empty when none was asked about it
 * @param alike passages left out because they say the same: equal texts, and neighbours that overlap by half
 */
public record RetrievedPassage(
        Passage passage,
        double score,
        Map<SearchIndex.Retriever, Found> found,
        Optional<Double> reranked,
        List<PassageKey> alike) {
    public RetrievedPassage {
        Objects.requireNonNull(passage, "passage");
        Objects.requireNonNull(reranked, "reranked");
        found = Map.copyOf(found);
        alike = List.copyOf(alike);
    }

    /** Its cosine with the question; empty when it was not among the nearest, or meaning was not looked at. */
    public Optional<Double> cosine() {
        return Optional.ofNullable(found.get(SearchIndex.Retriever.MEANING)).map(Found::score);
    }

    /**
     * What one retriever says of a passage. Immutable.
     *
     * @param rank its place, from 1
     * @param score BM25 from 0 up, or the cosine, -1 to 1
     */
    public record Found(int rank, double score) {}
}
