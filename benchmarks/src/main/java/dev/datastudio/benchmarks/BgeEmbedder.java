package dev.datastudio.benchmarks;

import dev.datastudio.api.embedding.Embedder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.util.List;

/** The quantised BGE-small model in this process, as a user would run it. */
final class BgeEmbedder implements Embedder {
    private static final int DIMENSION = 384;

    private final BgeSmallEnV15QuantizedEmbeddingModel bge = new BgeSmallEnV15QuantizedEmbeddingModel();

    @Override
    public String model() {
        return "bge-small-en-v1.5-q";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        return bge.embedAll(segments).content().stream().map(Embedding::vector).toList();
    }

    /** Words that have nothing to do with one another reach 0.6 with this model. */
    @Override
    public double sameFrom() {
        return 0.8;
    }
}
