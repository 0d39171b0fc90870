package dev.datastudio.rag.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.embedding.EmbedderContract;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingEmbedderTest extends EmbedderContract {
    @TempDir
    Path folder;

    private Studio studio;
    private final Counted counted = new Counted();

    @BeforeEach
    void open() {
        studio = Studio.open(folder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Override
    protected Embedder embedder() {
        return CachingEmbedder.of(counted, studio.cache(), "acme");
    }

    @Test
    void embedsATextOnceAlsoAfterARestart() {
        float[] first = embedder().embed(List.of("price", "date", "price")).get(0);
        studio.close();
        studio = Studio.open(folder);

        List<float[]> again = embedder().embed(List.of("date", "price", "name"));

        assertEquals(List.of("price", "date", "name"), counted.texts);
        assertArrayEquals(first, again.get(1));
    }

    @Test
    void whatACallerDoesToAVectorChangesNoOther() {
        List<float[]> twice = embedder().embed(List.of("price", "price"));
        float before = twice.get(1)[0];

        twice.get(0)[0] = 42;

        assertEquals(before, twice.get(1)[0]);
        assertEquals(before, embedder().embed(List.of("price")).get(0)[0]);
    }

    @Test
    void vectorsGoWithTheirTag() {
        CachingEmbedder embedder = CachingEmbedder.of(counted, studio.cache(), "acme");
        embedder.tagged(Set.of("report-1")).embed(List.of("price"));
        embedder.embed(List.of("date"));

        studio.cache().removeTagged("acme", "report-1");
        embedder.embed(List.of("price", "date"));

        assertEquals(List.of("price", "date", "price"), counted.texts);
    }

    @Test
    void anotherTenantOrModelSharesNothing() {
        embedder().embed(List.of("price"));

        CachingEmbedder.of(counted, studio.cache(), "other").embed(List.of("price"));
        counted.model = "counted-2";
        embedder().embed(List.of("price"));

        assertEquals(List.of("price", "price", "price"), counted.texts);
    }

    /** Remembers what it was asked. */
    private static final class Counted implements Embedder {
        private final HashedNgramEmbedder trigrams = new HashedNgramEmbedder(64);
        private final List<String> texts = new ArrayList<>();
        private String model = "counted-1";

        @Override
        public String model() {
            return model;
        }

        @Override
        public int dimension() {
            return trigrams.dimension();
        }

        @Override
        public synchronized List<float[]> embed(List<String> asked) {
            texts.addAll(asked);
            return trigrams.embed(asked);
        }
    }
}
