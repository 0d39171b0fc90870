package dev.datastudio.testkit.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchFilter.And;
import dev.datastudio.api.search.SearchFilter.AnyOf;
import dev.datastudio.api.search.SearchFilter.Between;
import dev.datastudio.api.search.SearchFilter.Not;
import dev.datastudio.api.search.SearchFilter.Or;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SearchIndex} must do. The test of an index extends this class and opens its storage; tests of a
 * retriever that it doesn't have are skipped.
 */
public abstract class SearchIndexContract extends PublishingContract {
    @Test
    void isSearchedByOneRetrieverAtLeast() {
        assertFalse(index().retrievers().isEmpty());
    }

    @Test
    void findsByWordsTheBestFirst() {
        requireWords();
        put("a", "1", "The whale is a mammal", "Whales and whaling: the whale hunt", "A treaty about trade");

        List<SearchHit> hits = byWords(index(), "whale hunting", SearchFilter.ALL, 10);

        assertEquals(List.of("Whales and whaling: the whale hunt", "The whale is a mammal"), found(hits));
        assertTrue(hits.get(0).score() > hits.get(1).score() && hits.get(1).score() > 0);
        assertTrue(hits.get(0).passage().meaning().isEmpty());
        assertEquals(1, byWords(index(), "whale", SearchFilter.ALL, 1).size());
    }

    @Test
    void findsByTheWordsOfTheContextAndLeavesItOutOfTheText() {
        requireWords();
        PassageKey.Version version = version("a", "1");
        putPassages(new Passage(new PassageKey(version, 0), "It fell.", "Revenue > Third quarter", "en", Map.of()));

        assertEquals(List.of("It fell."), found("revenue in the third quarter"));
    }

    @Test
    void findsNothingThatIsStagedReplacedOrDeleted() {
        requireWords();
        put("a", "1", "old whale");
        put("a", "2", "new whale");
        stage("a", "3", "staged whale");
        put("b", "1", "deleted whale");
        index().delete(DOCS, Set.of("b"));

        assertEquals(List.of("new whale"), found("whale"));
    }

    @Test
    void nothingInAQuestionIsAnOperator() {
        requireWords();
        put("a", "1", "alpha beta", "title:alpha", "gamma delta");

        for (String text : List.of(
                "alpha AND",
                "NOT alpha",
                "-alpha",
                "+gamma -alpha",
                "alpha* ",
                "\"alpha",
                "(alpha",
                "title:(alpha",
                "alpha^9",
                "alpha~",
                "/alpha/",
                "alpha OR",
                "alpha & | ! <->",
                "alpha'; DROP TABLE passages; --",
                "alpha \\",
                "[alpha TO",
                "{alpha",
                "alpha\u0000",
                "alpha :* %s $1 ${x}")) {
            assertTrue(found(text).contains("alpha beta"), text);
        }
        for (String text : List.of("", " ", "*:*", "*", "?", "()", "\"\"", "the", "' OR 1=1 --", "\uD83D", "\u0000")) {
            assertFalse(found(text).contains("alpha beta"), text);
        }
    }

    @Test
    void takesVeryLongQuestions() {
        requireWords();
        put("a", "1", "zebra crossing");
        StringBuilder text = new StringBuilder("zebra ");
        IntStream.range(0, 20_000).forEach(i -> text.append("word").append(i).append(' '));

        assertEquals(List.of("zebra crossing"), found(text.toString()));
        assertEquals(List.of(), found("x".repeat(100_000)));
    }

    @Test
    void readsEachLanguageByItsRules() {
        requireWords();
        PassageKey.Version german = version("de", "1");
        PassageKey.Version english = version("en", "1");
        PassageKey.Version unknown = version("und", "1");
        PassageKey.Version japanese = version("ja", "1");
        putPassages(new Passage(new PassageKey(german, 0), "Die Häuser der Stadt", "", "de", Map.of()));
        putPassages(new Passage(new PassageKey(english, 0), "Houses of the city", "", "en", Map.of()));
        putPassages(new Passage(new PassageKey(unknown, 0), "Qwertz zxcvb", "", "und", Map.of()));
        putPassages(new Passage(new PassageKey(japanese, 0), "東京都は日本の首都です", "", "ja", Map.of()));

        assertEquals(List.of("Die Häuser der Stadt"), foundIn("Häuser", "de"));
        assertEquals(List.of("Houses of the city"), foundIn("house", "en"));
        assertEquals(List.of("Qwertz zxcvb"), foundIn("qwertz", "und"));
        assertEquals(List.of("Qwertz zxcvb"), foundIn("qwertz", "x-no such language!"));
        assertEquals(List.of("東京都は日本の首都です"), foundIn("首都", "ja"));
    }

    private List<String> foundIn(String text, String language) {
        return found(index().search(
                        DOCS,
                        new SearchRequest(new SearchRequest.Words(text, language), SearchFilter.ALL, 10),
                        Cancellation.none()));
    }

    @Test
    void equalScoresAreInTheOrderOfKeys() {
        requireWords();
        index().prepare(DOCS, SPACE);
        for (String document : List.of("c", "a", "b")) {
            PassageKey.Version version = version(document, "1");
            putPassages(
                    passage(version, 1, "same whale", 1, 0, 0, 0),
                    passage(version, 0, "same whale", 1, 0, 0, 0),
                    passage(version, 2, "same whale", 2, 0, 0, 0));
        }
        List<String> keys = List.of("a@1#0", "a@1#1", "a@1#2", "b@1#0", "b@1#1", "b@1#2", "c@1#0", "c@1#1", "c@1#2");

        assertEquals(keys, keys(byWords(index(), "whale", SearchFilter.ALL, 10)));
        assertEquals(keys.subList(0, 4), keys(byWords(index(), "whale", SearchFilter.ALL, 4)));
        if (index().retrievers().contains(Retriever.MEANING)) {
            assertEquals(keys, keys(byMeaning(index(), SearchFilter.ALL, 10, 1, 0, 0, 0)));
            assertEquals(keys.subList(0, 4), keys(byMeaning(index(), SearchFilter.ALL, 4, 1, 0, 0, 0)));
        }
    }

    private static List<String> keys(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.passage().key().toString()).toList();
    }

    @Test
    void filtersByWordsAndByMeaning() {
        index().prepare(DOCS, SPACE);
        put(0, Map.of("kind", "report", "page", 1L));
        put(1, Map.of("kind", "report", "page", 2L));
        put(2, Map.of("kind", "letter", "page", 3L));
        put(3, Map.of("kind", 5L));
        put(4, Map.of());

        assertFiltered("01234", SearchFilter.ALL);
        assertFiltered("01", SearchFilter.is("kind", "report"));
        assertFiltered("", SearchFilter.is("kind", "Report"));
        assertFiltered("", SearchFilter.is("kind", "repor"));
        assertFiltered("", SearchFilter.is("unknown", "report"));
        assertFiltered("", SearchFilter.is("no such' name", "report"));
        assertFiltered("3", SearchFilter.is("kind", 5L));
        assertFiltered("02", new AnyOf("page", List.of(1L, 3L, 9L)));
        assertFiltered("012", new AnyOf("kind", List.of("letter", "report", "' OR 1=1 --")));
        assertFiltered("", new AnyOf("kind", List.of()));
        assertFiltered("12", new Between("page", 2, 3));
        assertFiltered("012", new Between("page", Long.MIN_VALUE, Long.MAX_VALUE));
        assertFiltered("", new Between("page", 3, 2));
        assertFiltered("3", new Between("kind", 0, 9));
        assertFiltered("34", new Not(new AnyOf("page", List.of(1L, 2L, 3L))));
        assertFiltered("234", new Not(SearchFilter.is("kind", "report")));
        assertFiltered("01234", new Not(new AnyOf("kind", List.of())));
        assertFiltered("", new Not(SearchFilter.ALL));
        assertFiltered("1", SearchFilter.all(SearchFilter.is("kind", "report"), new Between("page", 2, 9)));
        assertFiltered("01234", new And(List.of()));
        assertFiltered("", new Or(List.of()));
        assertFiltered("013", new Or(List.of(SearchFilter.is("kind", "report"), SearchFilter.is("kind", 5L))));
        assertFiltered("24", new Not(new Or(List.of(SearchFilter.is("kind", "report"), SearchFilter.is("kind", 5L)))));
    }

    @Test
    void takesLongListsInFilters() {
        index().prepare(DOCS, SPACE);
        put(0, Map.of("id", "d7", "number", 7L));
        put(1, Map.of("id", "other", "number", -7L));

        assertFiltered(
                "0",
                new AnyOf(
                        "id",
                        IntStream.range(0, 5_000).<Object>mapToObj(i -> "d" + i).toList()));
        assertFiltered(
                "0",
                new AnyOf(
                        "number",
                        IntStream.range(0, 5_000)
                                .<Object>mapToObj(Long::valueOf)
                                .toList()));
    }

    private void put(int number, Map<String, Object> attributes) {
        PassageKey.Version version = version("d" + number, "1");
        float[] vector = {1, number, 0, 0};
        putPassages(new Passage(new PassageKey(version, 0), "whale " + number, "", "en", attributes, vector));
    }

    private void assertFiltered(String numbers, SearchFilter filter) {
        List<String> expected =
                numbers.chars().mapToObj(c -> "whale " + (char) c).toList();
        if (index().retrievers().contains(Retriever.WORDS)) {
            assertEquals(expected, found("whale", filter), filter::toString);
        }
        if (index().retrievers().contains(Retriever.MEANING)) {
            List<SearchHit> hits = byMeaning(index(), filter, 10, 1, 0, 0, 0);
            assertEquals(expected, found(hits), filter::toString);
        }
    }

    @Test
    void findsByMeaningWithCosines() {
        requireMeaning();
        index().prepare(DOCS, SPACE);
        PassageKey.Version version = version("a", "1");
        putPassages(
                passage(version, 0, "opposite", -3, 0, 0, 0),
                passage(version, 1, "same", 5, 0, 0, 0),
                passage(version, 2, "between", 1, 1, 0, 0),
                passage(version, 3, "without a vector"));

        List<SearchHit> hits = byMeaning(index(), SearchFilter.ALL, 10, 2, 0, 0, 0);

        assertEquals(List.of("same", "between", "opposite"), found(hits));
        assertEquals(1, hits.get(0).score(), 1e-6);
        assertEquals(Math.sqrt(0.5), hits.get(1).score(), 1e-6);
        assertEquals(-1, hits.get(2).score(), 1e-6);
        assertTrue(hits.get(0).passage().meaning().isEmpty());
    }

    @Test
    void holdsVectorsOfOneModelOnly() throws Exception {
        requireMeaning();
        index().prepare(DOCS, SPACE);
        index().prepare(DOCS, SPACE);
        putPassages(passage(version("a", "1"), 0, "x", 1, 0, 0, 0));

        for (VectorSpace other : List.of(new VectorSpace("other-model", 4), new VectorSpace("test-model", 5))) {
            StudioException refused = assertThrows(StudioException.class, () -> index().prepare(DOCS, other));
            assertEquals(ErrorCode.INDEX_MODEL_MISMATCH, refused.code());
            assertTrue(refused.getMessage().contains("test-model"), refused.getMessage());
        }
        SearchIndex again = reopened();
        assertEquals(SPACE, again.space(DOCS).orElseThrow());
        assertThrows(StudioException.class, () -> again.prepare(DOCS, new VectorSpace("other-model", 4)));
        again.drop(DOCS);
        again.prepare(DOCS, new VectorSpace("other-model", 5));
        assertEquals(5, again.space(DOCS).orElseThrow().dimension());
    }

    @Test
    void refusesVectorsOfAnotherSpace() {
        requireMeaning();
        PassageKey.Version version = version("a", "1");
        List<Passage> unprepared = List.of(passage(version, 0, "x", 1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> index().stage(DOCS, unprepared));
        index().prepare(DOCS, SPACE);
        List<Passage> shorter = List.of(passage(version, 0, "x", 1, 0, 0));
        List<Passage> infinite = List.of(passage(version, 0, "x", 1, 0, 0, Float.NaN));

        assertThrows(IllegalArgumentException.class, () -> index().stage(DOCS, shorter));
        assertThrows(IllegalArgumentException.class, () -> index().stage(DOCS, infinite));
        assertThrows(IllegalArgumentException.class, () -> byMeaning(index(), SearchFilter.ALL, 3, 1, 0, 0));
        assertEquals(List.of(), index().versions(DOCS));
    }

    @Test
    void refusesARetrieverThatItDoesNotHave() {
        if (!index().retrievers().contains(Retriever.WORDS)) {
            assertThrows(IllegalArgumentException.class, () -> byWords(index(), "x", SearchFilter.ALL, 3));
        }
        if (!index().retrievers().contains(Retriever.MEANING)) {
            assertThrows(IllegalArgumentException.class, () -> byMeaning(index(), SearchFilter.ALL, 3, 1, 0, 0, 0));
        }
    }

    @Test
    void stopsWhenItIsCancelled() {
        put("a", "1", "whale");
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();
        SearchRequest.Target target = index().retrievers().contains(Retriever.WORDS)
                ? new SearchRequest.Words("whale", "en")
                : new SearchRequest.Meaning(new float[] {1, 0, 0, 0});
        SearchRequest request = new SearchRequest(target, SearchFilter.ALL, 3);

        StudioException stopped = assertThrows(StudioException.class, () -> index().search(DOCS, request, cancelled));

        assertEquals(ErrorCode.CANCELLED, stopped.code());
    }

    /** 5,000 vectors around 100 centres, searched with and without a filter, beside all of them compared. */
    @Test
    void findsTheNearestOfManyVectors() {
        requireMeaning();
        ClusteredVectors vectors = new ClusteredVectors(7, 100, 32);
        index().prepare(DOCS, new VectorSpace("clustered", 32));
        List<float[]> all = new ArrayList<>();
        for (int batch = 0; batch < 10; batch++) {
            PassageKey.Version version = version("d" + batch, "1");
            List<Passage> passages = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                float[] vector = vectors.next();
                all.add(vector);
                Map<String, Object> attributes = Map.of("tenth", i % 10L);
                passages.add(new Passage(new PassageKey(version, i), "x", "", "en", attributes, vector));
            }
            index().stage(DOCS, passages);
            index().publish(DOCS, List.of(version));
        }

        assertTrue(recall(vectors, all, SearchFilter.ALL, 1) >= 0.99);
        assertTrue(recall(vectors, all, SearchFilter.is("tenth", 0L), 10) >= 0.99);
    }

    private double recall(ClusteredVectors vectors, List<float[]> all, SearchFilter filter, int each) {
        int found = 0;
        for (int query = 0; query < 30; query++) {
            float[] vector = vectors.next();
            Set<String> nearest = new HashSet<>();
            for (int i : ClusteredVectors.nearest(vector, all, 10, each)) {
                nearest.add("d" + i / 200 + "@1#" + i % 200);
            }
            found += (int) keys(byMeaning(index(), filter, 10, vector)).stream()
                    .filter(nearest::contains)
                    .count();
        }
        return found / 300.0;
    }
}
