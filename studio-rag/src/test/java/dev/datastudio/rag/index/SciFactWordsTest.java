package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.rag.retrieve.RankingQuality;
import dev.datastudio.testkit.OutsideData;
import dev.datastudio.testkit.search.RetrievalSet;
import dev.datastudio.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Search by words on SciFact (Wadden and others, Fact or Fiction: Verifying Scientific Claims, 2020), whose figures for
 * Lucene's BM25 with these settings are known: nDCG@10 0.6789 and R@100 0.9253 on all of it, 0.8052 and 0.9900 on the
 * small part. All of it is measured with {@code -Dstudio.retrieval.full=true}.
 */
class SciFactWordsTest {
    private static final IndexName INDEX = new IndexName("acme", "scifact");

    @TempDir
    Path folder;

    @Test
    void findsInAPartOfSciFactWhatWasJudgedRelevant() throws Exception {
        Quality quality = measure("eval/retrieval/scifact-mini", lucene());

        assertEquals(100, quality.questions());
        assertTrue(quality.ndcg() >= 0.80, quality::toString);
        assertTrue(quality.recall() >= 0.98, quality::toString);
    }

    @Test
    @EnabledIfSystemProperty(named = "studio.retrieval.full", matches = "true")
    void findsInSciFactWhatWasJudgedRelevant() throws Exception {
        Quality quality = measure("eval/retrieval/scifact", lucene());

        assertEquals(300, quality.questions());
        assertTrue(quality.ndcg() >= 0.675, quality::toString);
        assertTrue(quality.recall() >= 0.92, quality::toString);
    }

    /** PostgreSQL knows lengths exactly, which Lucene rounds, so the figures differ a little. */
    @Test
    void postgresFindsInAPartOfSciFactWhatLuceneFinds() throws Exception {
        Quality quality = measureInPostgres("eval/retrieval/scifact-mini");

        assertEquals(100, quality.questions());
        assertTrue(quality.ndcg() >= 0.80, quality::toString);
        assertTrue(quality.recall() >= 0.98, quality::toString);
    }

    @Test
    @EnabledIfSystemProperty(named = "studio.retrieval.full", matches = "true")
    void postgresFindsInSciFactWhatLuceneFinds() throws Exception {
        Quality quality = measureInPostgres("eval/retrieval/scifact");

        assertEquals(300, quality.questions());
        assertTrue(quality.ndcg() >= 0.675, quality::toString);
        assertTrue(quality.recall() >= 0.92, quality::toString);
    }

    private SearchIndex lucene() {
        return LuceneSearchIndex.open(folder.resolve("index"));
    }

    private static Quality measureInPostgres(String path) throws Exception {
        OutsideData.require(path);
        try (PostgresTables tables = new PostgresTables(PostgresServer.require().newDatabase())) {
            return measure(
                    path,
                    PostgresSearchIndex.builder(tables.pool())
                            .vectors(PostgresSearchIndex.Vectors.NONE)
                            .open());
        }
    }

    /** nDCG@10 and recall@100 on average. */
    private record Quality(int questions, double ndcg, double recall) {}

    private static Quality measure(String path, SearchIndex opened) throws Exception {
        RetrievalSet set = RetrievalSet.read(OutsideData.require(path));
        try (SearchIndex index = opened) {
            put(set.documents(), index);
            double ndcg = 0;
            double recall = 0;
            for (Map.Entry<String, Map<String, Integer>> judged : set.judged().entrySet()) {
                List<String> ranked =
                        search(Objects.requireNonNull(set.queries().get(judged.getKey())), index);
                ndcg += RankingQuality.ndcg(ranked, judged.getValue(), 10);
                recall += RankingQuality.recall(ranked, judged.getValue(), 100);
            }
            int questions = set.judged().size();
            return new Quality(questions, ndcg / questions, recall / questions);
        }
    }

    private static void put(List<RetrievalSet.Document> documents, SearchIndex index) {
        List<PassageKey.Version> versions = new ArrayList<>();
        for (RetrievalSet.Document document : documents) {
            PassageKey.Version version = new PassageKey.Version(document.id(), "1");
            versions.add(version);
            index.stage(
                    INDEX,
                    List.of(new Passage(
                            new PassageKey(version, 0), document.text(), document.title(), "en", Map.of())));
        }
        index.publish(INDEX, versions);
    }

    private static List<String> search(String text, SearchIndex index) {
        SearchRequest request = new SearchRequest(new SearchRequest.Words(text, "en"), SearchFilter.ALL, 100);
        return index.search(INDEX, request, Cancellation.none()).stream()
                .map(hit -> hit.passage().key().version().document())
                .toList();
    }
}
