package dev.datastudio.spring;

import dev.datastudio.api.embedding.Embedder;
import java.util.List;

/** Counts letters, to be told from other embedders. */
final class LettersEmbedder implements Embedder {
    @Override
    public String model() {
        return "letters";
    }

    @Override
    public int dimension() {
        return 1;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(text -> new float[] {1 + text.length()}).toList();
    }
}
