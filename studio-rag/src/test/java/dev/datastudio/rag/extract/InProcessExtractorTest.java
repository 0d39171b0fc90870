package dev.datastudio.rag.extract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.progress.Cancellation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InProcessExtractorTest extends DocumentExtractorContract {
    private static final DocumentExtractor SHARED = InProcessExtractor.open();

    @Override
    protected DocumentExtractor extractor() {
        return SHARED;
    }

    @Test
    void refusesToReadOnceClosed() {
        DocumentExtractor extractor = InProcessExtractor.open();
        extractor.close();

        assertThrows(
                IllegalStateException.class,
                () -> extractor.extract(
                        DocumentSource.of(Path.of("x")),
                        ExtractionLimits.DEFAULTS,
                        new CollectingSink(),
                        Cancellation.none()));
    }
}
