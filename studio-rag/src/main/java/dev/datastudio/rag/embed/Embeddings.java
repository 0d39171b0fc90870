package dev.datastudio.rag.embed;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import java.util.ArrayList;
import java.util.List;

/** Embeds any number of texts. */
public final class Embeddings {
    /** How many texts are embedded between two looks at the cancellation; a few seconds of BGE-small on two cores. */
    public static final int BATCH = 64;

    private Embeddings() {}

    /**
     * The vectors of some texts, in their order.
     *
     * @param texts any number, none blank
     * @param listener told after each {@value #BATCH} texts, in the stage "embedding"
     * @throws StudioException as {@link Embedder#embed}, and {@link ErrorCode#CANCELLED} between two batches
     */
    public static List<float[]> of(
            Embedder embedder, List<String> texts, Cancellation cancellation, ProgressListener listener) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            cancellation.throwIfCancelled();
            vectors.addAll(embedder.embed(texts.subList(from, Math.min(texts.size(), from + BATCH))));
            listener.onProgress(new Progress("embedding", vectors.size(), texts.size(), "texts"));
        }
        return vectors;
    }
}
