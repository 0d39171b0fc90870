package dev.datastudio.rag.retrieve;

import static dev.datastudio.api.search.SearchIndex.Retriever.MEANING;
import static dev.datastudio.api.search.SearchIndex.Retriever.WORDS;
import static dev.datastudio.rag.retrieve.FoundHits.hit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrieverTest {
    private static final IndexName INDEX = new IndexName("acme", "documents");
    private static final Embedder EMBEDDER = new HashedNgramEmbedder(64);
    private static final VectorSpace SPACE = new VectorSpace(EMBEDDER.model(), EMBEDDER.dimension());
    private static final RetrievalRequest ASKED = RetrievalRequest.of("notice period");

    private final FoundHits index = new FoundHits(SPACE);

    @Test
    void addsBothScoresScaledByTheirBestAndLastHit() {
        index.finds(WORDS, hit("a", 12), hit("b", 7), hit("c", 2)).finds(MEANING, hit("b", 0.9), hit("d", 0.5));

        Retrieval found = retriever(new Fusion.MinMax(0.4)).retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(List.of("b", "a", "c", "d"), documents(found));
        assertEquals(0.4 * 0.5 + 0.6, found.passages().get(0).score(), 1e-12);
        assertEquals(0.4, found.passages().get(1).score(), 1e-12);
        assertEquals(
                Map.of(WORDS, new RetrievedPassage.Found(2, 7), MEANING, new RetrievedPassage.Found(1, 0.9)),
                found.passages().get(0).found());
        assertEquals(Optional.of(0.9), found.bestCosine());
        assertEquals(Optional.of(12.0), found.bestWords());
    }

    @Test
    void addsReciprocalRanks() {
        index.finds(WORDS, hit("a", 12), hit("b", 7)).finds(MEANING, hit("b", 0.9), hit("d", 0.5));

        Retrieval found = retriever(Fusion.RECIPROCAL_RANK).retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(List.of("b", "a", "d"), documents(found));
        assertEquals(1 / 62.0 + 1 / 61.0, found.passages().get(0).score(), 1e-12);
        assertEquals(1 / 61.0, found.passages().get(1).score(), 1e-12);
    }

    @Test
    void hitsThatAreEquallyGoodAreAllTheBest() {
        index.finds(WORDS, hit("b", 3), hit("a", 3)).finds(MEANING);

        Retrieval found = retriever(new Fusion.MinMax(0.4)).retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(List.of("a", "b"), documents(found));
        assertEquals(0.4, found.passages().get(1).score(), 1e-12);
        assertEquals(Optional.empty(), found.bestCosine());
    }

    @Test
    void asksByWordsOnlyWithoutAnEmbedder() {
        index.finds(WORDS, hit("a", 12), hit("b", 7)).finds(MEANING, hit("d", 0.5));

        Retrieval found = Retriever.builder(index).build().retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(List.of("a", "b"), documents(found));
        assertEquals(1.0, found.passages().get(0).score());
        assertEquals(Optional.empty(), found.passages().get(0).cosine());
    }

    @Test
    void asksByWordsOnlyWhenTheIndexHoldsNoVectors() {
        FoundHits without = new FoundHits().finds(WORDS, hit("a", 12)).finds(MEANING, hit("d", 0.5));

        Retrieval found =
                Retriever.builder(without).embedder(EMBEDDER).build().retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(List.of("a"), documents(found));
    }

    @Test
    void refusesAnIndexWithVectorsOfAnotherModel() {
        FoundHits other = new FoundHits(new VectorSpace("other-1", 64)).finds(MEANING, hit("d", 0.5));
        Retriever retriever = Retriever.builder(other).embedder(EMBEDDER).build();

        StudioException error =
                assertThrows(StudioException.class, () -> retriever.retrieve(INDEX, ASKED, Cancellation.none()));

        assertEquals(ErrorCode.INDEX_MODEL_MISMATCH, error.code());
        assertTrue(
                error.getMessage()
                        .startsWith("Index 'acme/documents' holds vectors of 'other-1', but questions are embedded by"
                                + " 'hashed-trigrams-64'."),
                error.getMessage());
    }

    @Test
    void leavesOutWhatDoesNotCountAndAsksForMore() {
        SearchHit[] hits = IntStream.range(0, 50)
                .mapToObj(i -> hit((i < 8 ? "old" : "new") + i, 50 - i))
                .toArray(SearchHit[]::new);
        index.finds(WORDS, hits);
        List<String> tested = new ArrayList<>();
        RetrievalRequest request = ASKED.limit(3).live(v -> {
            tested.add(v.document());
            return v.document().startsWith("new");
        });

        Retrieval found = Retriever.builder(index).depth(5).build().retrieve(INDEX, request, Cancellation.none());

        assertEquals(List.of("new8", "new9", "new10"), documents(found));
        assertEquals(8, found.notLive());
        assertEquals(
                List.of(5, 10, 20),
                index.asked().stream().map(SearchRequest::limit).toList());
        assertEquals(20, tested.size(), "each version is asked about once");
        assertEquals(Optional.of(42.0), found.bestWords());
    }

    @Test
    void saysTheSameOnce() {
        String first = "The tenant gives notice in writing. It takes effect at the end of the month.";
        String second = "It takes effect at the end of the month. The landlord confirms it.";
        index.finds(
                WORDS,
                hit("a", 4, first, 9),
                hit("b", 0, first, 8),
                hit("a", 5, second, 7),
                hit("a", 9, second + " Far away.", 6),
                hit("c", 5, second + " In another document.", 5));

        Retrieval found = retriever(Fusion.DEFAULT).retrieve(INDEX, ASKED.limit(2), Cancellation.none());

        assertEquals(List.of("a", "a"), documents(found));
        assertEquals(9, found.passages().get(1).passage().key().ordinal());
        assertEquals(
                List.of("b@v1#0", "a@v1#5"),
                found.passages().get(0).alike().stream().map(Object::toString).toList());
    }

    @Test
    void neighboursThatShareLittleAreBothGiven() {
        index.finds(
                WORDS,
                hit("a", 5, "beginning. The second sentence goes on for long enough.", 9),
                hit("a", 4, "The first sentence goes on for long enough. The beginning.", 8),
                hit("a", 6, "aab", 7),
                hit("a", 7, "aaab", 6));

        Retrieval found = retriever(Fusion.DEFAULT).retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(4, found.passages().size());
    }

    @Test
    void ranksTheFirstAnewAndLeavesTheOthersBehind() {
        index.finds(WORDS, hit("a", 9), hit("bb", 8), hit("ccc", 7), hit("dddd", 6));
        Reranker byLength = ScoringModelReranker.of(
                "length-1",
                scoring((segments, text) ->
                        segments.stream().map(s -> (double) s.text().length()).toList()));

        Retrieval found =
                Retriever.builder(index).reranker(byLength, 3).build().retrieve(INDEX, ASKED, Cancellation.none());

        assertEquals(List.of("ccc", "bb", "a", "dddd"), documents(found));
        assertEquals(Optional.of(11.0), found.passages().get(0).reranked());
        assertEquals(Optional.empty(), found.passages().get(3).reranked());
    }

    @Test
    void aRerankerReadsTheContextAndSaysWhatFailed() {
        List<String> read = new ArrayList<>();
        Passage passage =
                new Passage(hit("a", 1).passage().key(), "Two months.", "Lease > Notice", "en", Map.of(), new float[0]);
        ScoringModelReranker reranker = ScoringModelReranker.of("m", scoring((segments, text) -> {
            segments.forEach(s -> read.add(s.text()));
            return List.of(1.0);
        }));

        assertEquals(List.of(1.0), reranker.scores("notice?", List.of(passage), Cancellation.none()));
        assertEquals(List.of("Lease > Notice\nTwo months."), read);
        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failure((segments, text) -> List.of()));
        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failure((segments, text) -> List.of(Double.NaN)));
        assertEquals(ErrorCode.MODEL_REFUSED, failure((segments, text) -> {
            throw new AuthenticationException("wrong key");
        }));
    }

    @Test
    void handsTheQuestionItsLanguageAndTheFilterOn() {
        index.finds(WORDS, hit("a", 9)).finds(MEANING, hit("a", 0.9));
        SearchFilter filter = SearchFilter.is("user_id", "ann");

        retriever(Fusion.DEFAULT).retrieve(INDEX, ASKED.language("de").filter(filter), Cancellation.none());

        assertEquals(
                new SearchRequest.Words("notice period", "de"),
                index.asked().get(0).target());
        assertTrue(index.asked().stream().allMatch(r -> r.filter().equals(filter)));
        assertEquals(2, index.asked().size());
    }

    @Test
    void stopsWhenCancelled() {
        index.finds(WORDS, hit("a", 9));
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();

        StudioException error = assertThrows(
                StudioException.class, () -> retriever(Fusion.DEFAULT).retrieve(INDEX, ASKED, cancelled));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertTrue(index.asked().isEmpty());
    }

    @Test
    void checksItsSettings() {
        FoundHits meaningOnly = new FoundHits(SPACE).finds(MEANING, hit("a", 0.9));

        assertEquals(
                "depth must be in 1..1000, was 0; embedder must be given, as the index is searched by meaning only",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Retriever.builder(meaningOnly).depth(0).build())
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Fusion.MinMax(1.1));
        assertThrows(IllegalArgumentException.class, () -> new Fusion.ReciprocalRank(0));
        assertThrows(IllegalArgumentException.class, () -> RetrievalRequest.of(" "));
        assertThrows(IllegalArgumentException.class, () -> ASKED.limit(0));
    }

    private Retriever retriever(Fusion fusion) {
        return Retriever.builder(index).embedder(EMBEDDER).fusion(fusion).build();
    }

    private static List<String> documents(Retrieval found) {
        return found.passages().stream()
                .map(p -> p.passage().key().version().document())
                .toList();
    }

    private static ErrorCode failure(Scores scores) {
        return assertThrows(
                        StudioException.class,
                        () -> ScoringModelReranker.of("m", scoring(scores))
                                .scores("notice?", List.of(hit("a", 1).passage()), Cancellation.none()))
                .code();
    }

    private interface Scores {
        List<Double> of(List<TextSegment> segments, String text);
    }

    private static ScoringModel scoring(Scores scores) {
        return new ScoringModel() {
            @Override
            public Response<List<Double>> scoreAll(List<TextSegment> segments, String text) {
                return Response.from(scores.of(segments, text));
            }
        };
    }
}
