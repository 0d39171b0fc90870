package dev.datastudio.testkit.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.embedding.Embedder;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Embedder} must do; extend it with a class for each implementation. */
public abstract class EmbedderContract {
    private static final float TOLERANCE = 1e-4f;

    /** The embedder under test. */
    protected abstract Embedder embedder() throws Exception;

    @Test
    void givesAVectorForEachTextInOrder() throws Exception {
        Embedder embedder = embedder();

        List<float[]> vectors = embedder.embed(List.of("total price", "order date", "total price"));

        assertEquals(3, vectors.size());
        assertArrayEquals(vectors.get(0), vectors.get(2), TOLERANCE);
        assertTrue(cosine(vectors.get(0), vectors.get(1)) < 0.999);
    }

    @Test
    void vectorsHaveTheDimensionAreFiniteAndNotZero() throws Exception {
        Embedder embedder = embedder();

        for (float[] vector : embedder.embed(List.of("price", "Größe", "x", "!", "word ".repeat(2_000)))) {
            assertEquals(embedder.dimension(), vector.length);
            double length = 0;
            for (float v : vector) {
                assertTrue(Float.isFinite(v));
                length += v * v;
            }
            assertTrue(length > 0);
        }
    }

    @Test
    void aBatchGivesWhatSingleCallsGive() throws Exception {
        Embedder embedder = embedder();
        List<String> texts = List.of("unit price", "customer name", "delivery time");

        List<float[]> together = embedder.embed(texts);

        for (int i = 0; i < texts.size(); i++) {
            float[] alone = embedder.embed(List.of(texts.get(i))).get(0);
            assertTrue(cosine(alone, together.get(i)) > 0.999, texts.get(i));
        }
    }

    @Test
    void likeTextsAreNearerThanOthers() throws Exception {
        List<float[]> v = embedder().embed(List.of("total price", "the total price", "elephants"));

        assertTrue(cosine(v.get(0), v.get(1)) > cosine(v.get(0), v.get(2)));
    }

    @Test
    void takesNoTextsAndAFullBatchButNoMoreAndNoBlankOnes() throws Exception {
        Embedder embedder = embedder();

        assertEquals(List.of(), embedder.embed(List.of()));
        assertEquals(
                Embedder.MAX_BATCH,
                embedder.embed(Collections.nCopies(Embedder.MAX_BATCH, "price")).size());
        List<String> tooMany = Collections.nCopies(Embedder.MAX_BATCH + 1, "price");
        assertThrows(IllegalArgumentException.class, () -> embedder.embed(tooMany));
        assertThrows(IllegalArgumentException.class, () -> embedder.embed(List.of("price", " ")));
    }

    @Test
    void namesItsModelAndAThreshold() throws Exception {
        Embedder embedder = embedder();

        assertFalse(embedder.model().isBlank());
        assertTrue(embedder.dimension() >= 1);
        assertTrue(embedder.sameFrom() > 0 && embedder.sameFrom() <= 1);
    }

    @Test
    void worksFromSeveralThreads() throws Exception {
        Embedder embedder = embedder();
        float[] expected = embedder.embed(List.of("price")).get(0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<float[]> work = () -> embedder.embed(List.of("price")).get(0);
            List<Future<float[]>> all =
                    threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> work).toList());
            for (Future<float[]> one : all) {
                assertArrayEquals(expected, one.get(), TOLERANCE);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }
}
