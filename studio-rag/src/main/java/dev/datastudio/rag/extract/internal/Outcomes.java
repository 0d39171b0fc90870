package dev.datastudio.rag.extract.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.ExtractionStatus;
import java.nio.file.Files;
import java.util.List;

/** What both extractors say alike. */
public final class Outcomes {
    /** The libraries that read, for {@link dev.datastudio.rag.extract.DocumentExtractor#version()}. */
    public static final String READERS = "1+tika-3.3.1";

    private Outcomes() {}

    /**
     * Does nothing when a file can be opened.
     *
     * @throws StudioException if there is no such file or it may not be read
     */
    public static void requireFile(DocumentSource source) {
        if (!Files.isRegularFile(source.file())) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no file " + StudioException.quote(source.name()),
                    "Check its name and folder");
        } else if (!Files.isReadable(source.file())) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The file " + StudioException.quote(source.name()) + " may not be read",
                    "Give this program the right to read it");
        }
    }

    public static Extraction timedOut(DocumentSource source, ExtractionLimits limits, long characters) {
        return ended(
                source,
                ExtractionStatus.TIMED_OUT,
                characters,
                "took longer than " + limits.maxTime().toMillis() / 1000.0 + " seconds to read",
                "Split it, or raise the limit");
    }

    /** A reading that ended without knowing anything of the document. */
    public static Extraction ended(
            DocumentSource source, ExtractionStatus status, long characters, String what, String mend) {
        return new Extraction(
                status,
                new DocumentMetadata(
                        "application/octet-stream", "", "", DocumentMetadata.UNDETERMINED, PageKind.NONE, 0),
                characters,
                0,
                "The file " + StudioException.quote(source.name()) + " " + what,
                mend,
                List.of());
    }
}
