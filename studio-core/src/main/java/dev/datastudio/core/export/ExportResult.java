package dev.datastudio.core.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What was written. Immutable.
 *
 * @param file where it is
 * @param rows how many rows, without a header
 * @param bytes how large the file is
 * @param notes what was written otherwise than it is, whole sentences
 */
public record ExportResult(Path file, long rows, long bytes, List<String> notes) {
    public ExportResult {
        Objects.requireNonNull(file, "file");
        notes = List.copyOf(notes);
    }
}
