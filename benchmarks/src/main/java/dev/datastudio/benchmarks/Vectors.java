package dev.datastudio.benchmarks;

import dev.datastudio.api.embedding.Embedder;
import java.util.ArrayList;
import java.util.List;

/** Embeds any number of texts. */
final class Vectors {
    private static final int BATCH = 64;

    private Vectors() {}

    /** The vectors of some texts, in their order. */
    static List<float[]> of(Embedder embedder, List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            vectors.addAll(embedder.embed(texts.subList(from, Math.min(texts.size(), from + BATCH))));
        }
        return vectors;
    }
}
