package dev.datastudio.rag.extract;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;

/**
 * How the reading of a document went. Immutable.
 *
 * @param metadata what is known at the end
 * @param characters how many characters of text the blocks held
 * @param embedded how many documents inside this one were read
 * @param reason what is the matter, with the name, without the full stop; empty when all was read
 * @param mend what to do about it, without the full stop; empty when all was read
 * @param warnings what a reader of the text should know
 */
public record Extraction(
        ExtractionStatus status,
        DocumentMetadata metadata,
        long characters,
        int embedded,
        String reason,
        String mend,
        List<ExtractionWarning> warnings) {
    /** @throws IllegalArgumentException if a count is negative */
    public Extraction {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(mend, "mend");
        warnings = List.copyOf(warnings);
        if (characters < 0 || embedded < 0) {
            throw new IllegalArgumentException(
                    "characters and embedded must be at least 0, were " + characters + " and " + embedded);
        }
    }

    /**
     * Does nothing when there is text.
     *
     * @throws StudioException {@link ErrorCode#DOCUMENT_UNREADABLE} with the reason when there is none
     */
    public void requireText() {
        if (!status.hasText()) {
            throw new StudioException(ErrorCode.DOCUMENT_UNREADABLE, reason, mend);
        }
    }
}
