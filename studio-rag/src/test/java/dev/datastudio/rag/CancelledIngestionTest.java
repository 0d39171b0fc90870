package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.chunk.ChunkOptions;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.extract.InProcessExtractor;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ingestions that are cancelled from within a unit of their work (A9). */
@Timeout(120)
class CancelledIngestionTest {
    private static final ChunkOptions SMALL = new ChunkOptions(16, 0, 0, 0);
    private static final int PARAGRAPHS = 150;

    @TempDir
    Path folder;

    private final Cancellation cancellation = Cancellation.create();
    private final List<String> begunAfterwards = Collections.synchronizedList(new ArrayList<>());
    private String where = "";
    private int left;
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PARAGRAPHS; i++) {
            text.append("Shared words of paragraph ").append(i).append(" of the contract.\n\n");
        }
        file = Files.writeString(folder.resolve("contract.txt"), text);
    }

    private void unit(String name) {
        if (cancellation.isCancelled()) {
            begunAfterwards.add(name);
        } else if (name.equals(where)) {
            left--;
            if (left == 0) {
                cancellation.cancel();
            }
        }
    }

    /** Within a block, passages of the text that is in memory are still counted. */
    @ParameterizedTest
    @CsvSource({"block,2", "token,30", "embed,2", "stage,2", "publish,1"})
    void noUnitOfWorkIsBegunAfterTheOrderToStop(String unit, int number) throws IOException {
        where = unit;
        left = number;
        try (Studio studio = Studio.open(folder.resolve("workspace"));
                SearchIndex index = LuceneSearchIndex.open(folder.resolve("index"));
                InProcessExtractor extractor = InProcessExtractor.open()) {
            Documents documents = Documents.builder(studio)
                    .extractor(Watched.extractor(extractor, this::unit))
                    .embedder(
                            Watched.part(Embedder.class, new HashedNgramEmbedder(64), this::unit),
                            Watched.counter(TokenCounter.estimate(), this::unit))
                    .index(Watched.part(SearchIndex.class, index, this::unit))
                    .chunks(SMALL)
                    .build();
            AddOptions options = AddOptions.DEFAULT.cancelledBy(cancellation);

            StudioException stopped = assertThrows(StudioException.class, () -> documents.add(file, options));

            List<String> begun = List.copyOf(begunAfterwards);
            assertEquals(ErrorCode.CANCELLED, stopped.code());
            for (String other : List.of("block", "embed", "stage", "publish")) {
                assertFalse(begun.contains(other), () -> other + " was begun: " + begun);
            }
            Document document = documents.list().get(0);
            assertEquals(State.CANCELLED, document.ingestion().state());
            assertEquals(List.of(), documents.search("shared words"));
            assertEquals(List.of(), index.versions(new IndexName(studio.caller().tenant(), "documents")));
            assertEquals(List.of(), halfDone(studio));
            Document again = documents.retry(document.id(), AddOptions.DEFAULT);
            assertEquals(State.DONE, again.ingestion().state());
            assertEquals(
                    again.current().orElseThrow().passages(),
                    documents.passages(again.id(), 0, 1_000).size());
            assertFalse(documents.search("shared words").isEmpty());
        }
    }

    @Test
    void aFileOfWhichTheCopyIsCancelledIsNotKept() throws IOException {
        cancellation.cancel();
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = Documents.builder(studio).wordsOnly().build();

            StudioException stopped = assertThrows(
                    StudioException.class, () -> documents.add(file, AddOptions.DEFAULT.cancelledBy(cancellation)));

            assertEquals(ErrorCode.CANCELLED, stopped.code());
            assertEquals(List.of(), documents.list());
            assertEquals(List.of(), halfDone(studio));
        }
    }

    private static List<Path> halfDone(Studio studio) throws IOException {
        try (var all = Files.walk(studio.temporaryFolder())) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("lock"))
                    .toList();
        }
    }
}
