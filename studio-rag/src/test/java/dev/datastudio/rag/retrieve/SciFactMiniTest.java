package dev.datastudio.rag.retrieve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.testkit.OutsideData;
import dev.datastudio.testkit.search.RetrievalSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100 claims against the titles of 411 abstracts: few short texts, so that real vectors are quickly made. */
class SciFactMiniTest {
    private static final IndexName INDEX = new IndexName("acme", "documents");
    private static final PassageKey.Version VERSION = new PassageKey.Version("titles", "v1");
    private static final int DEPTH = 100;

    private final Embedder bge = new Remembering(BgeSmallEmbedder.create());
    private final List<String> ids = new ArrayList<>();
    private final List<String> titles = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void wordsAndMeaningTogetherFindMoreThanEitherAlone() throws Exception {
        RetrievalSet data = RetrievalSet.read(OutsideData.require("eval/retrieval/scifact-mini"));
        readTitles(data);
        Map<String, String> claims = data.queries();
        Map<String, Map<String, Integer>> judged = data.judged();

        try (LuceneSearchIndex index = LuceneSearchIndex.open(folder)) {
            index(index);
            double words = quality(Retriever.builder(index).build(), claims, judged);
            double meaning = quality(retriever(index, new Fusion.MinMax(0)), claims, judged);
            double both = quality(retriever(index, Fusion.DEFAULT), claims, judged);
            double ranks = quality(retriever(index, Fusion.RECIPROCAL_RANK), claims, judged);

            String figures = "nDCG@10: words " + words + ", meaning " + meaning + ", both " + both + ", ranks " + ranks;
            assertTrue(words >= 0.69, figures);
            assertTrue(meaning >= 0.77, figures);
            assertTrue(both >= 0.79 && both > words + 0.05 && both > meaning, figures);
            assertTrue(ranks > words, figures);
        }
    }

    private Retriever retriever(LuceneSearchIndex index, Fusion fusion) {
        return Retriever.builder(index)
                .embedder(bge)
                .fusion(fusion)
                .depth(DEPTH)
                .build();
    }

    private void index(LuceneSearchIndex index) {
        index.prepare(INDEX, new VectorSpace(bge.model(), bge.dimension()));
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < titles.size(); from += Embedder.MAX_BATCH) {
            vectors.addAll(bge.embed(titles.subList(from, Math.min(titles.size(), from + Embedder.MAX_BATCH))));
        }
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            passages.add(new Passage(new PassageKey(VERSION, i), titles.get(i), "", "en", Map.of(), vectors.get(i)));
        }
        index.stage(INDEX, passages);
        index.publish(INDEX, List.of(VERSION));
    }

    private double quality(Retriever retriever, Map<String, String> claims, Map<String, Map<String, Integer>> judged) {
        double sum = 0;
        for (Map.Entry<String, String> claim : claims.entrySet()) {
            Retrieval found = retriever.retrieve(
                    INDEX, RetrievalRequest.of(claim.getValue()).language("en").limit(DEPTH), Cancellation.none());
            List<String> ranked = found.passages().stream()
                    .map(p -> ids.get(p.passage().key().ordinal()))
                    .toList();
            sum += RankingQuality.ndcg(ranked, judged.getOrDefault(claim.getKey(), Map.of()), 10);
        }
        return sum / claims.size();
    }

    /** Those that are judged, and every third of the others. */
    private void readTitles(RetrievalSet data) {
        int row = 0;
        for (RetrievalSet.Document each : data.documents()) {
            boolean isJudged = data.judged().values().stream().anyMatch(grades -> grades.containsKey(each.id()));
            if (row++ % 3 == 0 || isJudged) {
                ids.add(each.id());
                titles.add(each.title().isBlank() ? each.text().substring(0, 80) : each.title());
            }
        }
    }

    /** Embeds each claim once, though it is asked in several ways. */
    private record Remembering(Embedder embedder, Map<List<String>, List<float[]>> known) implements Embedder {
        Remembering(Embedder embedder) {
            this(embedder, new HashMap<>());
        }

        @Override
        public String model() {
            return embedder.model();
        }

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return known.computeIfAbsent(texts, embedder::embed);
        }
    }
}
