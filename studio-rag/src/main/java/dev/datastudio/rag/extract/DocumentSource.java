package dev.datastudio.rag.extract;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file to be read. Immutable.
 *
 * @param file where it lies
 * @param name what its owner calls it, for messages; its ending tells Markdown from CSV and plain text, and nothing else
 */
public record DocumentSource(Path file, String name) {
    /** @throws IllegalArgumentException if the name is blank */
    public DocumentSource {
        Objects.requireNonNull(file, "file");
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }

    /** A file that is called as it lies there. */
    public static DocumentSource of(Path file) {
        return new DocumentSource(file, String.valueOf(file.getFileName()));
    }
}
