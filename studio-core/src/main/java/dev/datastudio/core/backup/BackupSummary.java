package dev.datastudio.core.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a backup holds. Immutable.
 *
 * @param file the backup
 * @param madeAt when its state was taken
 * @param version the version of the workspace's schema
 * @param files how many files it holds
 * @param bytes how many bytes they have unpacked
 * @param notes what is missing or was left out, whole sentences
 */
public record BackupSummary(Path file, Instant madeAt, int version, int files, long bytes, List<String> notes) {
    public BackupSummary {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(madeAt, "madeAt");
        notes = List.copyOf(notes);
    }
}
