package dev.datastudio.rag.answer.internal;

import dev.datastudio.api.search.PassageKey;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.document.DocumentPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Passages of documents that nobody had to read. */
final class SampleEvidence {
    private SampleEvidence() {}

    /** A passage a text, each of its own document and beginning at character 100. */
    static List<Evidence> of(String... texts) {
        List<Evidence> evidence = new ArrayList<>();
        for (String text : texts) {
            int number = evidence.size() + 1;
            PassageKey key = new PassageKey(new PassageKey.Version("doc" + number, "v1"), 0);
            DocumentPassage passage = new DocumentPassage(
                    key, "file" + number + ".pdf", "Heading", text, "en", number, 100, 100 + text.length());
            evidence.add(new Evidence(passage, 1.0 / number, Map.of(), List.of()));
        }
        return evidence;
    }
}
