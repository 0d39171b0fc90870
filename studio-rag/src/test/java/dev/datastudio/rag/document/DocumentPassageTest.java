package dev.datastudio.rag.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.chunk.DocumentText.PageStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The place of a passage in its document (A9, G8). */
class DocumentPassageTest {
    private static final PassageKey KEY = new PassageKey(new PassageKey.Version("d", "1"), 0);
    private static final String TEXT = "one two three";

    private final DocumentPassage overThreePages = new DocumentPassage(
            KEY, "a.pdf", "", TEXT, "en", 4, 7, 100, 113, List.of(new PageStart(104, 5), new PageStart(108, 7)));

    @Test
    void knowsThePageOfEachCharacterAfterItWasKept() {
        Passage kept = overThreePages.toPassage("ada", Visibility.PRIVATE, new float[0]);
        DocumentPassage read = DocumentPassage.of(kept);

        assertEquals(overThreePages, read);
        assertEquals(
                List.of(4, 4, 5, 5, 7, 7),
                List.of(
                        read.page(100),
                        read.page(103),
                        read.page(104),
                        read.page(107),
                        read.page(108),
                        read.page(112)));
        assertEquals(5, Citation.of(read, 4, 7).page());
    }

    @Test
    void saysNoPageWhereItWasNotKept() {
        Passage kept = overThreePages.toPassage("ada", Visibility.PRIVATE, new float[0]);
        Map<String, Object> attributes = new HashMap<>(kept.attributes());
        attributes.remove("page_breaks");
        Passage earlier =
                new Passage(kept.key(), kept.text(), kept.context(), kept.language(), attributes, new float[0]);

        assertEquals(0, Citation.of(DocumentPassage.of(earlier), 4, 7).page());
        assertEquals(3, new DocumentPassage(KEY, "a.pdf", "", TEXT, "en", 3, 100, 113).page(105));
        assertEquals(0, new DocumentPassage(KEY, "a.txt", "", TEXT, "en", 0, 100, 113).page(105));
    }
}
