package dev.datastudio.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.testkit.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that add documents to one workspace, and search there, at the same time (A9, G8). */
@Timeout(180)
class TwoProcessesTest {
    private static final int EACH = 5;

    @TempDir
    Path folder;

    @Test
    void bothEndWithTheDocumentsOfBoth() throws Exception {
        Process one = begin("one");
        Process other = begin("other");
        assertSaysThatAllWasFound(one);
        assertSaysThatAllWasFound(other);

        try (Studio studio = Studio.open(folder.resolve("workspace"));
                SearchIndex index = LuceneSearchIndex.open(studio.workspace().resolve("index"))) {
            Documents documents = KilledIngestion.documents(studio);
            List<Document> all = documents.list();
            assertEquals(2 * EACH, all.size());
            for (Document document : all) {
                assertEquals(State.DONE, document.ingestion().state());
                long passages = document.current().orElseThrow().passages();
                assertEquals(passages, documents.passages(document.id(), 0, 100).size());
            }
            List<VersionStatus> there =
                    index.versions(new IndexName(studio.caller().tenant(), "documents"));
            assertEquals(2 * EACH, there.size());
            assertTrue(there.stream().allMatch(VersionStatus::isPublished));
        }
    }

    private Process begin(String name) throws IOException {
        return new ProcessBuilder(JavaCommand.of(AddingProcess.class, folder.toString(), name, String.valueOf(EACH)))
                .redirectErrorStream(true)
                .start();
    }

    private static void assertSaysThatAllWasFound(Process process) throws IOException, InterruptedException {
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), output);
            assertEquals(
                    EACH,
                    output.lines().filter(line -> line.startsWith("found ")).count(),
                    output);
        } finally {
            process.destroyForcibly();
        }
    }
}
