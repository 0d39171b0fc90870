package dev.datastudio.benchmarks;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import dev.datastudio.rag.embed.CachingEmbedder;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** The embedding stage of an ingestion, its cache on disk included, beside the bare model on the same texts. */
final class EmbedBenchmark implements Benchmark {
    private static final double LEAST = 0.9;
    private static final int WORDS = 200;
    private static final String[] VOCABULARY = ("the of a report contract payment notice period cell protein treatment"
                    + " patients growth market share quarter revenue supply engine pressure valve maintenance is was"
                    + " are increased reduced between during after according measured significant result risk")
            .split(" ", -1);

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public String summary() {
        return "texts embedded a second, with the cache on disk, beside the bare model";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int size = effort == Effort.QUICK ? 32 : 256;
        int rounds = effort == Effort.QUICK ? 3 : 5;
        BgeSmallEnV15QuantizedEmbeddingModel bare = new BgeSmallEnV15QuantizedEmbeddingModel();
        Embedder bge = BgeSmallEmbedder.create();
        Random random = new Random(20261121);
        try (Studio studio = Studio.open(scratch.resolve("workspace"))) {
            Embedder cached = CachingEmbedder.of(bge, studio.cache(), "bench").tagged(Set.of("document"));
            Interleaved.Medians times = Interleaved.medians(
                    rounds,
                    () -> Vectors.of(cached, texts(random, size)),
                    () -> bare.embedAll(
                            texts(random, size).stream().map(TextSegment::from).toList()));
            return List.of(Measurement.atLeastTimes(
                    "texts of " + WORDS + " words embedded and kept in the cache",
                    size * 1000 / times.ours(),
                    "texts/s",
                    "LangChain4j's in-process BGE-small",
                    size * 1000 / times.theirs(),
                    LEAST));
        }
    }

    /** New ones each time, so that the cache knows none. */
    private static List<String> texts(Random random, int count) {
        return IntStream.range(0, count).mapToObj(i -> text(random)).toList();
    }

    private static String text(Random random) {
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < WORDS; i++) {
            words.add(VOCABULARY[random.nextInt(VOCABULARY.length)]);
        }
        return words.toString();
    }
}
