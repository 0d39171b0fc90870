package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that a command writes: whole or not at all. */
final class WholeFile {
    private WholeFile() {}

    /**
     * Writes beside the place and renames.
     *
     * @param replace whether a file that is there is replaced
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is one that is not; {@link
     *     ErrorCode#STORAGE_NOT_WRITABLE}, {@link ErrorCode#STORAGE_FULL}
     */
    static void write(Path file, byte[] content, boolean replace) {
        if (!replace && Files.exists(file)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is a file " + StudioException.quote(file) + " already",
                    "Name another one with --out, or replace it with --replace");
        }
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(".studio-" + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(target.getParent());
            try {
                Files.write(temporary, content);
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            boolean isFull = String.valueOf(e.getMessage()).contains("No space left");
            throw new StudioException(
                    isFull ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_NOT_WRITABLE,
                    "The file " + StudioException.quote(file) + " could not be written"
                            + (isFull
                                    ? ": the disk is full"
                                    : ": " + e.getClass().getSimpleName()),
                    "Name a file with --out in a folder that you may write to and that has room",
                    e);
        }
    }
}
