package dev.datastudio.rag.embed;

import dev.datastudio.api.embedding.Embedder;
import java.util.List;

/** The rules of {@link Embedder#embed} for its texts. */
final class Texts {
    private Texts() {}

    static void check(List<String> texts) {
        if (texts.size() > Embedder.MAX_BATCH) {
            throw new IllegalArgumentException(
                    "texts may be " + Embedder.MAX_BATCH + " in one call, were " + texts.size());
        }
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                throw new IllegalArgumentException("texts must not be blank, number " + i + " is");
            }
        }
    }
}
