package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A text that is larger than the heap allows to hold several times. It has {@code studio.documents.megabytes}, 24 unless
 * told; the nightly build tells 500. {@code studio.documents.embedder=hashed} gives its passages vectors,
 * and {@code studio.documents.heap} is its heap in MiB, 80 unless told.
 */
@Timeout(3_600)
class LargeIngestionTest {
    @TempDir
    Path folder;

    @Test
    void aLargeTextNeedsNoLargeHeap() throws Exception {
        int megabytes = Integer.getInteger("studio.documents.megabytes", 24);

        List<String> said = CollectionIngestionTest.run(
                LargeIngestion.class,
                List.of("-Xmx" + Integer.getInteger("studio.documents.heap", 80) + "m"),
                List.of(
                        folder.toString(),
                        String.valueOf(megabytes),
                        System.getProperty("studio.documents.embedder", "words")));
        System.out.println(String.join("\n", said));

        assertTrue(said.contains("hasty FAILED TIMED_OUT"), said::toString);
        for (String stage : List.of("parse", "embed", "store")) {
            assertTrue(
                    said.stream().anyMatch(line -> line.startsWith("stopped " + stage + " after ms")), said::toString);
        }
        assertTrue(said.contains("state DONE"), said::toString);
        Map<String, Integer> counts = CollectionIngestionTest.counts(said);
        assertTrue(counts.getOrDefault("passages", 0) > 100 * megabytes, said::toString);
        assertTrue(counts.getOrDefault("embed", 0) > megabytes, said::toString);
        assertEquals(8, counts.get("found"));
    }
}
