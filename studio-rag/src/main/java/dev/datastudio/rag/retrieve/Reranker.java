package dev.datastudio.rag.retrieve;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.Passage;
import java.util.List;

/** Says how well each of some passages fits a question, having read both together. Implementations are thread-safe. */
public interface Reranker {
    /** The most passages of one call. */
    int MAX_PASSAGES = 200;

    /** The model with its version. */
    String name();

    /**
     * A score for each passage, in their order; higher fits better. May block, as when a model runs elsewhere.
     *
     * @param text the question
     * @param passages 1 to {@link #MAX_PASSAGES}
     * @throws StudioException if the model can't be reached or fails, or the work is cancelled
     */
    List<Double> scores(String text, List<Passage> passages, Cancellation cancellation);
}
