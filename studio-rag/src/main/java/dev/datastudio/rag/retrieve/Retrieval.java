package dev.datastudio.rag.retrieve;

import java.util.List;
import java.util.Optional;

/**
 * What was found for a question. Immutable.
 *
 * @param passages the best first
 * @param notLive how many hits were left out because they are of a version that does not count any more
 * @param bestCosine the highest cosine of a live passage with the question; unlike fused scores, cosines of two questions
 *     can be compared. Empty when meaning was not looked at or found nothing
 * @param bestWords the highest BM25 of a live passage; empty when words were not looked at or found nothing
 */
public record Retrieval(
        List<RetrievedPassage> passages, int notLive, Optional<Double> bestCosine, Optional<Double> bestWords) {
    public Retrieval {
        passages = List.copyOf(passages);
    }
}
