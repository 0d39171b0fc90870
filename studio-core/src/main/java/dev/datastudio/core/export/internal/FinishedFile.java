package dev.datastudio.core.export.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.export.ExportOptions.Existing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that gets its name when it is whole. Closing removes what did not become whole. */
public final class FinishedFile implements AutoCloseable {
    private final Path path;
    private long bytes;

    private FinishedFile(Path path) {
        this.path = path;
    }

    /**
     * A new file in the folder of another one.
     *
     * @throws StudioException when the folder is not there
     */
    public static FinishedFile beside(Path target) {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The folder of " + StudioException.quote(target) + " is not there",
                    "Make the folder, or name another one");
        }
        return new FinishedFile(folder.resolve(".export-" + UUID.randomUUID() + ".tmp"));
    }

    /** Where to write. */
    public Path path() {
        return path;
    }

    /** How large the file became. */
    public long bytes() {
        return bytes;
    }

    /** Flushes the file and gives it its name. */
    public void moveTo(Path target, Existing existing) {
        try {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
                bytes = channel.size();
            }
            if (existing == Existing.REPLACE) {
                Files.move(path, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(path, target);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(target);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** The error for a name that is taken. */
    public static StudioException exists(Path target) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The file " + StudioException.quote(target) + " is there already",
                "Name another one, or ask for it to be replaced");
    }

    static StudioException failed(Path target, IOException cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The file " + StudioException.quote(target) + " could not be written: " + cause,
                "Look at the cause; check that the disk has room and may be written",
                cause);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }
}
