package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.rag.index.PostgresSearchIndex.Vectors;
import dev.datastudio.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresWordSearchTest {
    private static final IndexName NAME = new IndexName("acme", "documents");
    private static final PassageKey.Version VERSION = new PassageKey.Version("a", "1");
    private static final List<String> WORDS = List.of("whale", "ship", "harbour", "mast", "storm", "sail");

    @TempDir
    Path folder;

    private final Random random = new Random(5);

    @Test
    void scoresAreThoseOfBm25() throws SQLException {
        List<List<String>> texts = texts(120);
        try (SearchIndex index = postgres()) {
            put(index, texts, VERSION);
            put(index, texts.subList(0, 50), new PassageKey.Version("b", "1"));
            index.delete(NAME, java.util.Set.of("b")); // what is gone counts no more

            List<SearchHit> hits = search(index, "storm whale whale unheard", texts.size());

            assertTrue(hits.size() > 50);
            for (SearchHit hit : hits) {
                List<String> text = texts.get(hit.passage().key().ordinal());
                double expected = 2 * bm25("whale", text, texts) + bm25("storm", text, texts);
                assertEquals(expected, hit.score(), 1e-9 * expected, text::toString);
            }
        }
    }

    /** Robertson and Zaragoza (2009), eq. 3.15 over k1 + 1, with Lucene's idf, from the texts themselves. */
    private static double bm25(String word, List<String> text, List<List<String>> all) {
        double mean = all.stream().mapToInt(List::size).average().orElseThrow();
        long holding = all.stream().filter(other -> other.contains(word)).count();
        double idf = Math.log(1 + (all.size() - holding + 0.5) / (holding + 0.5));
        int times = Collections.frequency(text, word);
        return idf * times / (times + 0.9 * (1 - 0.4 + 0.4 * text.size() / mean));
    }

    @Test
    void findsWhatLuceneFindsInThatOrder() throws SQLException {
        List<List<String>> texts = texts(60);
        try (SearchIndex postgres = postgres();
                SearchIndex lucene = LuceneSearchIndex.open(folder)) {
            put(postgres, texts, VERSION);
            put(lucene, texts, VERSION);

            for (String question : List.of("whale", "Storms at the harbour?", "a mast, or sails", "nothing of it")) {
                List<SearchHit> expected = search(lucene, question, 100);
                List<SearchHit> found = search(postgres, question, 100);
                assertEquals(expected.size(), found.size());
                for (int i = 0; i < found.size(); i++) {
                    // Lucene keeps lengths in a byte each, so its scores are a little off
                    assertEquals(
                            expected.get(i).score(),
                            found.get(i).score(),
                            0.05 * found.get(i).score());
                }
            }
        }
    }

    private static SearchIndex postgres() throws SQLException {
        return PostgresSearchIndex.builder(PostgresServer.require().newDatabase())
                .vectors(Vectors.NONE)
                .open();
    }

    /** With words that are there up to 250 times. */
    private List<List<String>> texts(int count) {
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> text = new ArrayList<>();
            for (String word : WORDS) {
                int times = Math.max(0, (int) (random.nextGaussian() * (i % 10 == 0 ? 100 : 3)));
                text.addAll(Collections.nCopies(Math.min(times, 250), word));
            }
            text.add("filler" + i);
            texts.add(text);
        }
        return texts;
    }

    private static void put(SearchIndex index, List<List<String>> texts, PassageKey.Version version) {
        List<Passage> passages = new ArrayList<>();
        for (List<String> text : texts) {
            PassageKey key = new PassageKey(version, passages.size());
            passages.add(new Passage(key, String.join(" ", text), "", "en", Map.of()));
        }
        index.stage(NAME, passages);
        index.publish(NAME, List.of(version));
    }

    private static List<SearchHit> search(SearchIndex index, String question, int limit) {
        SearchRequest.Words words = new SearchRequest.Words(question, "en");
        return index.search(NAME, new SearchRequest(words, SearchFilter.ALL, limit), Cancellation.none());
    }
}
