package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.core.Studio;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the parts of documents are set. */
class DocumentsPartsTest {
    @Test
    void setsPartsOnceAndNotBeforeTheyAreNeeded() {
        AtomicInteger set = new AtomicInteger();
        try (Studio studio = Studio.inMemory()) {
            Documents.whenNeeded(studio, builder -> {
                set.incrementAndGet();
                builder.wordsOnly();
            });

            assertEquals(0, set.get());
            assertSame(Documents.of(studio), Documents.of(studio));
            assertEquals(1, set.get());
        }
    }

    @Test
    void refusesPartsThatComeTooLateOrTwice() {
        try (Studio studio = Studio.inMemory()) {
            Documents.whenNeeded(studio, DocumentsBuilder::wordsOnly);

            assertThrows(IllegalStateException.class, () -> Documents.whenNeeded(studio, DocumentsBuilder::wordsOnly));
        }
    }
}
