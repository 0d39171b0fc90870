package dev.datastudio.rag.extract;

import static dev.datastudio.rag.extract.ExtractionStatus.FAILED;
import static dev.datastudio.rag.extract.ExtractionStatus.READ;
import static dev.datastudio.rag.extract.ExtractionStatus.TIMED_OUT;
import static dev.datastudio.rag.extract.ExtractionStatus.TOO_LARGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessExtractorTest extends DocumentExtractorContract {
    /** A tenth of what the large text has would not fit into it. */
    private static final DocumentExtractor SHARED =
            ChildProcessExtractor.builder().maxHeapMiB(256).open();

    @TempDir
    private Path files;

    @AfterAll
    static void close() {
        SHARED.close();
    }

    @Override
    protected DocumentExtractor extractor() {
        return SHARED;
    }

    private static ChildProcessExtractor hostile() {
        return ChildProcessExtractor.builder()
                .launch(List.of("-cp", System.getProperty("java.class.path"), HostileChild.class.getName()))
                .open();
    }

    private Extraction read(DocumentExtractor extractor, String name, DocumentSink sink, Duration time)
            throws IOException {
        Path file = Files.writeString(files.resolve(name), "some text");
        return extractor.extract(
                DocumentSource.of(file), ExtractionLimits.DEFAULTS.withMaxTime(time), sink, Cancellation.none());
    }

    @Test
    void answersForAReaderThatBreaksDownOrBreaksTheRules() throws IOException {
        Duration enough = Duration.ofMinutes(2);
        try (ChildProcessExtractor extractor = hostile()) {
            assertEquals(
                    FAILED, read(extractor, "exits.txt", block -> {}, enough).status());
            assertEquals(
                    TOO_LARGE,
                    read(extractor, "memory.txt", block -> {}, enough).status());
            for (String name : List.of("huge.txt", "unknown.txt", "cells.txt", "prints.txt")) {
                Extraction result = read(extractor, name, block -> {}, enough);
                assertEquals(FAILED, result.status(), name);
                assertTrue(result.reason().contains("no answer"), result::reason);
            }
        }
    }

    @Test
    void givesTheReaderNoEnvironmentAndKillsItWhenItHangs() throws IOException {
        CollectingSink sink = new CollectingSink();
        try (ChildProcessExtractor extractor = hostile()) {
            Duration limit = Duration.ofMillis(500);
            do { // the reader speaks before it hangs, if it is given the time
                Extraction result = read(extractor, "environment.txt", sink, limit);
                assertEquals(TIMED_OUT, result.status());
                limit = limit.multipliedBy(4);
            } while (sink.text().isEmpty() && limit.compareTo(Duration.ofMinutes(3)) < 0);
        }
        assertEquals("\nLC_ALL", sink.text());
    }

    @Test
    void endsAFileThatFillsTheMemoryAndReadsTheNextOne() throws IOException {
        try (ChildProcessExtractor extractor =
                ChildProcessExtractor.builder().maxHeapMiB(64).open()) {
            Path page = files.resolve("large.html");
            Files.writeString(page, "<!doctype html>" + "<p>a</p>".repeat(3_000_000));

            Extraction result = extractor.extract(
                    DocumentSource.of(page), ExtractionLimits.DEFAULTS, block -> {}, Cancellation.none());

            assertEquals(TOO_LARGE, result.status(), result::toString);
            assertEquals(
                    READ,
                    read(extractor, "next.txt", block -> {}, Duration.ofMinutes(2))
                            .status());
        }
    }

    @Test
    void saysThatNoProcessStarts() throws IOException {
        try (ChildProcessExtractor extractor =
                ChildProcessExtractor.builder().launch(List.of("no.such.Main")).open()) {
            StudioException error = assertThrows(
                    StudioException.class, () -> read(extractor, "any.txt", block -> {}, Duration.ofMinutes(2)));

            assertEquals(ErrorCode.DEPENDENCY_MISSING, error.code());
        }
    }
}
