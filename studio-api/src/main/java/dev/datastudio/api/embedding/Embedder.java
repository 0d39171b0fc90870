package dev.datastudio.api.embedding;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.List;

/**
 * Turns texts into vectors; texts of like meaning get vectors of like direction. Implementations are thread-safe and
 * give the same vector for the same text as long as {@link #model()} is the same.
 */
public interface Embedder {
    /** The most texts of one call. */
    int MAX_BATCH = 256;

    /** The model with its version: vectors of one name can be compared, those of different names can't. */
    String model();

    /** How many numbers a vector has, at least 1. */
    int dimension();

    /**
     * The vectors of some texts, in their order. May block, as when a model runs elsewhere.
     *
     * @param texts up to {@link #MAX_BATCH}, none blank; longer texts than the model takes are cut at their end
     * @return one vector of {@link #dimension()} finite numbers for each text, not all zero; the caller's to change
     * @throws IllegalArgumentException if a text is blank or there are too many
     * @throws StudioException if the model can't be reached or fails
     */
    List<float[]> embed(List<String> texts);

    /**
     * As {@link #embed(List)}, for work that may be stopped. Unless an implementation does better, a call that has begun
     * goes on to its end.
     *
     * @throws StudioException also {@link ErrorCode#CANCELLED}
     */
    default List<float[]> embed(List<String> texts, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        return embed(texts);
    }

    /**
     * The cosine from which on two names of a few words may be taken for the same thing, 0 to 1. Models differ widely:
     * of some, unrelated words have 0.1, of others 0.6.
     */
    default double sameFrom() {
        return 0.75;
    }
}
