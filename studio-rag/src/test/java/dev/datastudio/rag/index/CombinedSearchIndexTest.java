package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.testkit.search.SearchIndexContract;
import dev.datastudio.testkit.server.ChromaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words in Lucene, meaning in Chroma. */
class CombinedSearchIndexTest extends SearchIndexContract {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final IndexName NAME = new IndexName("acme", "notes");
    private static final PassageKey.Version OLD = new PassageKey.Version("a", "1");
    private static final PassageKey.Version NEW = new PassageKey.Version("a", "2");

    @TempDir
    Path folder;

    private final ChromaOptions options = ChromaOptions.at(
                    ChromaServer.require().address())
            .withDatabasePrefix("combined-" + TESTS.incrementAndGet());

    @Override
    protected SearchIndex open() {
        return CombinedSearchIndex.of(words(), meaning());
    }

    private SearchIndex words() {
        return LuceneSearchIndex.open(folder.resolve("index"));
    }

    private SearchIndex meaning() {
        return ChromaSearchIndex.open(options);
    }

    private static List<Passage> passages(PassageKey.Version version) {
        float[] vector = {1, 0};
        return List.of(new Passage(new PassageKey(version, 0), "Whale " + version, "", "en", Map.of(), vector));
    }

    /** What a crash between the two leaves behind. */
    @Test
    void aVersionThatOneOfBothHasPublishedIsStagedAndPublishedAgain() {
        try (SearchIndex both = open();
                SearchIndex meaning = meaning()) {
            both.prepare(NAME, new VectorSpace("model", 2));
            both.stage(NAME, passages(OLD));
            both.publish(NAME, List.of(OLD));
            both.stage(NAME, passages(NEW));
            meaning.publish(NAME, List.of(NEW));

            assertTrue(both.versions(NAME).stream().noneMatch(status -> status.isPublished()));
            both.stage(NAME, passages(NEW));
            both.publish(NAME, List.of(NEW));

            assertEquals(1, both.versions(NAME).size());
            assertEquals(NEW, both.versions(NAME).get(0).version());
            assertTrue(both.versions(NAME).get(0).isPublished());
            assertEquals("Whale a@2", both.passages(NAME, NEW, 0, 1).get(0).text());
        }
    }

    @Test
    void refusesPartsThatCantDoTheirPart() {
        try (SearchIndex words = words();
                SearchIndex meaning = meaning()) {
            assertThrows(IllegalArgumentException.class, () -> CombinedSearchIndex.of(meaning, words));
            assertThrows(IllegalArgumentException.class, () -> CombinedSearchIndex.of(words, words));
        }
    }
}
