package dev.datastudio.rag.extract.internal;

import static dev.datastudio.rag.extract.ExtractionStatus.EMPTY;
import static dev.datastudio.rag.extract.ExtractionStatus.FAILED;
import static dev.datastudio.rag.extract.ExtractionStatus.MALFORMED;
import static dev.datastudio.rag.extract.ExtractionStatus.NO_TEXT;
import static dev.datastudio.rag.extract.ExtractionStatus.PARTLY_READ;
import static dev.datastudio.rag.extract.ExtractionStatus.READ;
import static dev.datastudio.rag.extract.ExtractionStatus.TOO_LARGE;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.ExtractionStatus;
import dev.datastudio.rag.extract.ExtractionWarning;
import dev.datastudio.rag.extract.LanguageDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.tika.exception.EncryptedDocumentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one file on the calling thread, from telling its format to saying how it went. */
final class FileReading {
    private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);

    private final Path file;
    private final String name;
    private final ExtractionLimits limits;
    private final Facts facts = new Facts();

    FileReading(Path file, String name, ExtractionLimits limits) {
        this.file = file;
        this.name = name;
        this.limits = limits;
    }

    /** @throws ReadingHalted when nobody wants the text any more */
    Extraction read(Feed feed) {
        Path scratch;
        long bytes;
        try {
            bytes = Files.size(file);
            scratch = Files.createTempDirectory("studio-extract");
        } catch (IOException e) {
            return outcome(
                    null,
                    FAILED,
                    "could not be opened",
                    "Check that the file and the folder for temporary " + "files can be read and written");
        }
        BlockWriter writer = new BlockWriter(feed, limits, facts, bytes);
        try {
            return read(new Reading(file, name, 0, limits, writer, scratch), bytes);
        } finally {
            delete(scratch);
        }
    }

    private Extraction read(Reading reading, long bytes) {
        BlockWriter writer = reading.writer();
        try {
            if (bytes > limits.maxBytes()) {
                throw new ExtractionStop(
                        TOO_LARGE,
                        "has " + bytes + " bytes; the limit is " + limits.maxBytes(),
                        "Split it, or raise the limit");
            }
            FileKind kind = FileKinds.of(file, name);
            facts.contentType(kind.contentType());
            if (kind.isMislabelledBy(name)) {
                writer.warn(
                        ExtractionWarning.Kind.NAME_MISLEADS,
                        "By its content it is " + kind.words() + ", whatever its name says");
            }
            FormatReaders.read(reading, kind);
            return writer.stop() == null ? end(writer, kind) : stopped(writer, writer.stop());
        } catch (ReadingHalted e) {
            throw e;
        } catch (ExtractionStop e) {
            return stopped(writer, e);
        } catch (OutOfMemoryError e) {
            return outcome(
                    writer,
                    TOO_LARGE,
                    "needs more memory than its reader has",
                    "Split it, or give the reader more memory");
        } catch (Exception | StackOverflowError | LinkageError e) {
            return failed(writer, e);
        }
    }

    private Extraction end(BlockWriter writer, FileKind kind) {
        writer.hidden().finding().ifPresent(text -> writer.warn(ExtractionWarning.Kind.HIDDEN_TEXT, text));
        if (writer.characters() == 0) {
            boolean pictures = switch (kind) {
                case DOCX, PPTX, ODT, ODP, EPUB -> ZipPictures.in(file);
                default -> false;
            };
            return pictures
                    ? outcome(
                            writer,
                            NO_TEXT,
                            "holds pictures only, and no text",
                            "Run optical character recognition (OCR) over the pictures, and add the result")
                    : outcome(writer, EMPTY, "has no text: it is blank", "Check whether it is the right file");
        }
        if (facts.missesText()) {
            String missing = facts.warnings().stream()
                    .filter(warning -> warning.kind().meansMissingText())
                    .map(warning -> Character.toLowerCase(warning.text().charAt(0))
                            + warning.text().substring(1))
                    .findFirst()
                    .orElse("");
            return outcome(
                    writer,
                    PARTLY_READ,
                    "could be read in part only: " + missing,
                    "Get it again from where it came from if the rest matters");
        }
        return new Extraction(
                READ,
                facts.metadata(language(writer)),
                writer.characters(),
                facts.embedded(),
                "",
                "",
                facts.warnings());
    }

    private static String language(BlockWriter writer) {
        return LanguageDetector.detect(writer.sample());
    }

    private Extraction stopped(BlockWriter writer, ExtractionStop stop) {
        return outcome(writer, stop.status(), stop.what(), stop.mend());
    }

    /** What a library throws on a file is, after all that was looked at before, the damage of the file. */
    private Extraction failed(BlockWriter writer, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ReadingHalted halted) {
                throw halted;
            } else if (cause instanceof ExtractionStop stop) {
                return stopped(writer, stop);
            } else if (cause instanceof EncryptedDocumentException
                    || cause instanceof org.apache.poi.EncryptedDocumentException) {
                return stopped(writer, FileKinds.encrypted());
            }
        }
        ExtractionStop earlier = writer.stop();
        if (earlier != null) {
            return stopped(writer, earlier);
        }
        writer.throwIfHalted();
        LOG.debug("Reading a document of {} failed", facts.metadata("und").contentType(), error);
        if (writer.characters() > 0) {
            writer.warn(
                    ExtractionWarning.Kind.DAMAGED,
                    "The file is damaged; what comes after the first " + writer.characters()
                            + " characters could not be read");
            return end(writer, FileKind.TEXT);
        }
        return outcome(
                writer,
                MALFORMED,
                "is damaged and could not be read",
                "Open it in the program it was made with, save it anew, or get it again from where it came from");
    }

    private Extraction outcome(
            @org.jspecify.annotations.Nullable BlockWriter writer, ExtractionStatus status, String what, String mend) {
        return new Extraction(
                status,
                facts.metadata(writer == null ? "und" : language(writer)),
                writer == null ? 0 : writer.characters(),
                facts.embedded(),
                "The file " + StudioException.quote(name) + " " + what,
                mend,
                facts.warnings());
    }

    private static void delete(Path folder) {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("The temporary folder {} could not be deleted", folder, e);
        }
    }
}
