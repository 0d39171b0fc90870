package dev.datastudio.rag.retrieve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import dev.datastudio.rag.embed.Embeddings;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.testkit.OutsideData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
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
        Path data = OutsideData.require("eval/retrieval/scifact-mini");
        Map<String, Map<String, Integer>> judged = judgements(data.resolve("qrels.test.txt"));
        readTitles(data.resolve("corpus.jsonl.gz"), judged);
        Map<String, String> claims = new LinkedHashMap<>();
        for (String line : Files.readAllLines(data.resolve("queries.tsv"))) {
            claims.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
        }

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
        List<float[]> vectors = Embeddings.of(bge, titles, Cancellation.none(), ProgressListener.NONE);
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
    private void readTitles(Path corpus, Map<String, Map<String, Integer>> judged) throws IOException {
        ObjectMapper json = new ObjectMapper();
        int row = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode each = json.readTree(line);
                String id = each.get("_id").asText();
                String title = each.get("title").asText();
                if (row++ % 3 == 0 || judged.values().stream().anyMatch(grades -> grades.containsKey(id))) {
                    ids.add(id);
                    titles.add(title.isBlank() ? each.get("text").asText().substring(0, 80) : title);
                }
            }
        }
    }

    private static Map<String, Map<String, Integer>> judgements(Path file) throws IOException {
        Map<String, Map<String, Integer>> judged = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.trim().split("\\s+", -1);
            judged.computeIfAbsent(parts[0], id -> new HashMap<>()).put(parts[2], Integer.valueOf(parts[3]));
        }
        return judged;
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
