package dev.datastudio.testkit.embedding;

import dev.datastudio.api.embedding.Embedder;

class HashedNgramEmbedderTest extends EmbedderContract {
    @Override
    protected Embedder embedder() {
        return new HashedNgramEmbedder(512);
    }
}
