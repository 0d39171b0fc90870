package dev.datastudio.benchmarks;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import dev.datastudio.rag.embed.CachingEmbedder;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.rag.retrieve.Fusion;
import dev.datastudio.rag.retrieve.RankingQuality;
import dev.datastudio.rag.retrieve.Retrieval;
import dev.datastudio.rag.retrieve.RetrievalRequest;
import dev.datastudio.rag.retrieve.Retriever;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How well passages are found, in collections where people or the data say which ones are right. The texts are in the
 * folder that STUDIO_TEST_DATA names. Their vectors are kept in the folder that STUDIO_BENCH_VECTORS names, when there is
 * one: they take some minutes.
 */
final class SearchQualityBenchmark implements Benchmark {
    private static final String DATA = "STUDIO_TEST_DATA";
    private static final String VECTORS = "STUDIO_BENCH_VECTORS";
    private static final PassageKey.Version VERSION = new PassageKey.Version("all", "v1");
    private static final int DEPTH = 100;
    private static final int TOP = 10;
    private static final int ROUNDS = 10_000;
    private static final long SEED = 20261121;

    @Override
    public String name() {
        return "search-quality";
    }

    @Override
    public String summary() {
        return "nDCG@10 of words, meaning and both on judged collections, and recall of the graph";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        String data = System.getenv(DATA);
        if (data == null) {
            throw new IOException(DATA + " must name the folder with eval/retrieval");
        }
        Path eval = Path.of(data).resolve("eval");
        String kept = System.getenv(VECTORS);
        List<Measurement> rows = new ArrayList<>();
        try (Studio studio = Studio.open(kept == null ? scratch.resolve("vectors") : Path.of(kept));
                LuceneSearchIndex index = LuceneSearchIndex.open(scratch.resolve("index"))) {
            Embedder embedder = CachingEmbedder.of(BgeSmallEmbedder.create(), studio.cache(), "bench");
            rows.addAll(fusions(index, embedder, JudgedCollection.tables(eval.resolve("wtq"))));
            rows.addAll(fusions(
                    index, embedder, JudgedCollection.schemas(eval.resolve("spider_dev"), eval.resolve("nvbench"))));
            if (effort == Effort.FULL) {
                Path sciFact = eval.resolve("retrieval").resolve("scifact");
                rows.addAll(fusions(index, embedder, JudgedCollection.titles(sciFact)));
                JudgedCollection claims = JudgedCollection.sciFact(sciFact);
                rows.addAll(fusions(index, embedder, claims));
                rows.addAll(goals(index, embedder, claims));
            }
        }
        return rows;
    }

    /** Our fusion beside each other way of ranking. */
    private static List<Measurement> fusions(LuceneSearchIndex index, Embedder embedder, JudgedCollection collection) {
        IndexName name = store(index, embedder, collection);
        Map<String, Retriever> others = new LinkedHashMap<>();
        others.put("words alone", Retriever.builder(index).depth(DEPTH).build());
        others.put("meaning alone", retriever(index, embedder, new Fusion.MinMax(0)));
        for (double words : new double[] {0.2, 0.3, 0.5, 0.6, 0.7}) {
            others.put("words weigh " + words, retriever(index, embedder, new Fusion.MinMax(words)));
        }
        others.put("reciprocal ranks", retriever(index, embedder, Fusion.RECIPROCAL_RANK));
        List<Double> ours = ndcg(rankings(retriever(index, embedder, Fusion.DEFAULT), name, collection), collection);
        List<Measurement> rows = new ArrayList<>();
        others.forEach((other, retriever) -> {
            List<Double> theirs = ndcg(rankings(retriever, name, collection), collection);
            String chance =
                    String.format(Locale.ROOT, "%s, p %.4f", other, RankingQuality.pValue(ours, theirs, ROUNDS, SEED));
            rows.add(Measurement.atLeastTimes(
                    collection.name() + ", " + collection.texts().size() + " texts, "
                            + collection.questions().size() + " questions",
                    mean(ours),
                    "nDCG@10",
                    chance,
                    mean(theirs),
                    other.endsWith("alone") ? 1 : 0.98));
        });
        return rows;
    }

    private static List<Measurement> goals(LuceneSearchIndex index, Embedder embedder, JudgedCollection collection) {
        IndexName name = new IndexName("bench", collection.name().toLowerCase(Locale.ROOT));
        List<List<String>> words =
                rankings(Retriever.builder(index).depth(DEPTH).build(), name, collection);
        List<List<String>> both = rankings(retriever(index, embedder, Fusion.DEFAULT), name, collection);
        double recall = mean(IntStream.range(0, both.size())
                .mapToObj(i -> RankingQuality.recall(
                        both.get(i), collection.questions().get(i).grades(), DEPTH))
                .toList());
        return List.of(
                Measurement.atLeast("SciFact, words", mean(ndcg(words, collection)), "nDCG@10", "limit", 0.675),
                Measurement.atLeast("SciFact, both", mean(ndcg(both, collection)), "nDCG@10", "limit", 0.735),
                Measurement.atLeast("SciFact, both", recall, "recall@100", "limit", 0.94),
                Measurement.atLeast(
                        "SciFact, the nearest 10 by the graph",
                        graphRecall(index, embedder, collection),
                        "of the exact ones",
                        "limit",
                        0.99));
    }

    private static Retriever retriever(SearchIndex index, Embedder embedder, Fusion fusion) {
        return Retriever.builder(index)
                .embedder(embedder)
                .fusion(fusion)
                .depth(DEPTH)
                .build();
    }

    private static IndexName store(LuceneSearchIndex index, Embedder embedder, JudgedCollection collection) {
        IndexName name = new IndexName("bench", collection.name().toLowerCase(Locale.ROOT));
        index.prepare(name, new VectorSpace(embedder.model(), embedder.dimension()));
        List<float[]> vectors = vectors(embedder, collection);
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            JudgedCollection.Text text = collection.texts().get(i);
            passages.add(new Passage(
                    new PassageKey(VERSION, i), text.text(), text.context(), "en", Map.of(), vectors.get(i)));
        }
        for (int from = 0; from < passages.size(); from += SearchIndex.MAX_BATCH) {
            index.stage(name, passages.subList(from, Math.min(passages.size(), from + SearchIndex.MAX_BATCH)));
        }
        index.publish(name, List.of(VERSION));
        index.compact(name, Cancellation.none());
        return name;
    }

    private static List<float[]> vectors(Embedder embedder, JudgedCollection collection) {
        List<String> texts = collection.texts().stream()
                .map(t -> t.context().isBlank() ? t.text() : t.context() + "\n" + t.text())
                .toList();
        return Vectors.of(embedder, texts);
    }

    /** The ids of what is found for each question. */
    private static List<List<String>> rankings(Retriever retriever, IndexName name, JudgedCollection collection) {
        List<List<String>> rankings = new ArrayList<>();
        for (JudgedCollection.Question question : collection.questions()) {
            Retrieval found = retriever.retrieve(
                    name, RetrievalRequest.of(question.text()).language("en").limit(DEPTH), Cancellation.none());
            rankings.add(found.passages().stream()
                    .map(p ->
                            collection.texts().get(p.passage().key().ordinal()).id())
                    .toList());
        }
        return rankings;
    }

    private static List<Double> ndcg(List<List<String>> rankings, JudgedCollection collection) {
        return IntStream.range(0, rankings.size())
                .mapToObj(i -> RankingQuality.ndcg(
                        rankings.get(i), collection.questions().get(i).grades(), TOP))
                .toList();
    }

    /** Titles and abstracts as passages of their own: enough of them that the index builds its graph. */
    private static double graphRecall(LuceneSearchIndex index, Embedder embedder, JudgedCollection collection) {
        List<JudgedCollection.Text> both = new ArrayList<>(collection.texts());
        collection.texts().stream()
                .filter(t -> !t.context().isBlank())
                .forEach(t -> both.add(new JudgedCollection.Text(t.id(), "", t.context())));
        JudgedCollection apart = new JudgedCollection("graph", both, collection.questions());
        IndexName name = store(index, embedder, apart);
        List<float[]> vectors = vectors(embedder, apart);
        List<Double> recalls = new ArrayList<>();
        for (JudgedCollection.Question question : apart.questions()) {
            float[] wanted = embedder.embed(List.of(question.text())).get(0);
            Set<Integer> exact = nearest(wanted, vectors);
            List<SearchHit> found = index.search(
                    name,
                    new SearchRequest(new SearchRequest.Meaning(wanted), SearchFilter.ALL, TOP),
                    Cancellation.none());
            long right = found.stream()
                    .filter(hit -> exact.contains(hit.passage().key().ordinal()))
                    .count();
            recalls.add((double) right / TOP);
        }
        return mean(recalls);
    }

    private static Set<Integer> nearest(float[] wanted, List<float[]> vectors) {
        double[] cosines = vectors.stream().mapToDouble(v -> dot(wanted, v)).toArray();
        return IntStream.range(0, cosines.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -cosines[i]))
                .limit(TOP)
                .collect(Collectors.toSet());
    }

    private static double dot(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
