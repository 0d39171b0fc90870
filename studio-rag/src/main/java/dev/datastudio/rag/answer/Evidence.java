package dev.datastudio.rag.answer;

import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.rag.document.DocumentPassage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A passage that was found for a question. Immutable.
 *
 * @param passage what was found
 * @param score by which passages are in order, after fusion and reranking; comparable within one search only
 * @param scores what each retriever that found it gave: BM25 from 0 up, the cosine from -1 to 1
 * @param highlights where words of the question stand in its text, in order, not overlapping
 */
public record Evidence(
        DocumentPassage passage, double score, Map<Retriever, Double> scores, List<Highlight> highlights) {
    public Evidence {
        Objects.requireNonNull(passage, "passage");
        scores = Map.copyOf(scores);
        highlights = List.copyOf(highlights);
    }

    /**
     * A part of the text of a passage. Immutable.
     *
     * @param from its first character, in UTF-16 units from the beginning of the passage
     * @param to behind its last character
     */
    public record Highlight(int from, int to) {
        /** @throws IllegalArgumentException if it holds no character */
        public Highlight {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("A highlight can't go from " + from + " to " + to);
            }
        }
    }
}
