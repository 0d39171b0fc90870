package dev.datastudio.rag.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.embedding.EmbedderContract;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LangChain4jEmbedderTest extends EmbedderContract {
    private static final HashedNgramEmbedder TRIGRAMS = new HashedNgramEmbedder(64);

    @Override
    protected Embedder embedder() {
        return LangChain4jEmbedder.builder(model(LangChain4jEmbedderTest::vectors))
                .name("trigrams-1")
                .build();
    }

    @Test
    void splitsTextsIntoRequests() {
        List<Integer> sizes = new ArrayList<>();
        Embedder embedder = LangChain4jEmbedder.builder(model(texts -> {
                    sizes.add(texts.size());
                    return vectors(texts);
                }))
                .name("m")
                .requestSize(100)
                .build();

        embedder.embed(Collections.nCopies(256, "price"));

        assertEquals(List.of(100, 100, 56), sizes);
    }

    @Test
    void cutsTextsBetweenCharacters() {
        List<String> asked = new ArrayList<>();
        Embedder embedder = LangChain4jEmbedder.builder(model(texts -> {
                    asked.addAll(texts);
                    return vectors(texts);
                }))
                .name("m")
                .maxCharacters(4)
                .build();

        embedder.embed(List.of("  abcdef", "abc\uD83D\uDE00"));

        assertEquals(List.of("abcd", "abc"), asked);
    }

    @Test
    void saysWhetherTryingAgainCanHelp() {
        assertEquals(
                ErrorCode.MODEL_REFUSED,
                failure(texts -> {
                            throw new AuthenticationException("wrong key");
                        })
                        .code());
        StudioException busy = failure(texts -> {
            throw new RateLimitException("slow down");
        });

        assertEquals(ErrorCode.MODEL_FAILED, busy.code());
        assertTrue(busy.getMessage().contains("The embedding model 'm' failed: 'slow down'"), busy.getMessage());
    }

    @Test
    void refusesVectorsThatAreMissingOrNone() {
        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failure(texts -> List.of()).code());
        assertEquals(
                ErrorCode.MODEL_ANSWER_INVALID,
                failure(texts -> List.of(new float[4])).code());
        assertEquals(
                ErrorCode.MODEL_ANSWER_INVALID,
                failure(texts -> List.of(new float[] {1, Float.NaN})).code());
    }

    @Test
    void refusesAVectorOfAnotherDimension() {
        Embedder embedder = LangChain4jEmbedder.builder(model(
                        texts -> List.of(new float[texts.get(0).length()]).stream()
                                .peek(v -> v[0] = 1)
                                .toList()))
                .name("m")
                .build();
        assertArrayEquals(new float[] {1, 0}, embedder.embed(List.of("ab")).get(0));
        assertEquals(2, embedder.dimension());

        StudioException error = assertThrows(StudioException.class, () -> embedder.embed(List.of("abc")));

        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, error.code());
        assertTrue(error.getMessage().contains("a vector of 3 numbers where 2 were expected"), error.getMessage());
    }

    @Test
    void wantsANameAndNamesEveryProblem() {
        LangChain4jEmbedder.Builder builder = LangChain4jEmbedder.builder(model(LangChain4jEmbedderTest::vectors))
                .requestSize(0)
                .maxCharacters(0)
                .sameFrom(1.5);

        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(
                "name must be given, as the model has none; requestSize must be in 1..256, was 0; maxCharacters must be"
                        + " at least 1, was 0; sameFrom must be more than 0 and at most 1, was 1.5",
                error.getMessage());
    }

    private static StudioException failure(Function<List<String>, List<float[]>> answer) {
        Embedder embedder = LangChain4jEmbedder.builder(model(answer)).name("m").build();
        return assertThrows(StudioException.class, () -> embedder.embed(List.of("price")));
    }

    private static List<float[]> vectors(List<String> texts) {
        return TRIGRAMS.embed(texts);
    }

    private static EmbeddingModel model(Function<List<String>, List<float[]>> answer) {
        return new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                List<String> texts = segments.stream().map(TextSegment::text).toList();
                return Response.from(
                        answer.apply(texts).stream().map(Embedding::from).toList());
            }
        };
    }
}
