package dev.datastudio.rag.document;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One content of a document that can be found. Immutable.
 *
 * @param id its name within the document, made of the content and of how it was read, cut and embedded
 * @param sha256 of the file, 64 hexadecimal digits
 * @param bytes the length of the file
 * @param mediaType what the file is by its content, such as {@code application/pdf}
 * @param title as it stands in the document; empty when it has none
 * @param language BCP 47 of its text, {@code und} when it is not known
 * @param pages pages, slides or sheets; 0 when the format has none
 * @param characters of the text that was read from it
 * @param passages into which the text was cut
 * @param warnings what was lost or repaired in reading, as sentences
 * @param publishedAt since when it can be found
 */
public record DocumentVersion(
        String id,
        String sha256,
        long bytes,
        String mediaType,
        String title,
        String language,
        int pages,
        long characters,
        long passages,
        List<String> warnings,
        Instant publishedAt) {
    public DocumentVersion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(publishedAt, "publishedAt");
        warnings = List.copyOf(warnings);
    }
}
