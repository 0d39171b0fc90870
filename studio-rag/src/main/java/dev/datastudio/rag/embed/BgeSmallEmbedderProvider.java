package dev.datastudio.rag.embed;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.core.Studio;
import dev.datastudio.core.embedding.EmbedderProvider;
import java.util.Optional;

/** Brings {@link BgeSmallEmbedder} into studios that were given no embedder, where its model is there. Thread-safe. */
public final class BgeSmallEmbedderProvider implements EmbedderProvider {
    @Override
    public String name() {
        return "bge-small";
    }

    @Override
    public Optional<String> unavailable() {
        return BgeSmallEmbedder.isAvailable()
                ? Optional.empty()
                : Optional.of("The model of BGE-small is not on the class path");
    }

    @Override
    public Embedder embedder(Studio studio) {
        return BgeSmallEmbedder.create();
    }
}
