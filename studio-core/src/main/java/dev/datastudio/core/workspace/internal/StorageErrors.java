package dev.datastudio.core.workspace.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says in the words of Studio what the file system reports. */
public final class StorageErrors {
    /** Some programs report a full disk in general words: below this much free space it is taken for one. */
    private static final long FULL_BELOW_BYTES = 256 * 1024;

    private StorageErrors() {}

    /**
     * The error for a failed write.
     *
     * @param what a sentence's beginning that names what was being done, such as "The file 'a' could not be written"
     * @param where the path written to; it need not be there
     */
    public static StudioException writing(String what, Path where, IOException cause) {
        if (isNoSpace(cause)) {
            return new StudioException(
                    ErrorCode.STORAGE_FULL,
                    what + ": the disk of " + StudioException.quote(where) + " is full",
                    "Free some space there, or open another workspace",
                    cause);
        }
        if (cause instanceof AccessDeniedException || says(cause, "read-only file system", "operation not permitted")) {
            return new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    what + ": " + StudioException.quote(where) + " can't be written",
                    "Give this user the right to write there, or open another workspace",
                    cause);
        }
        return failed(what, cause);
    }

    /** The error for a failed read. */
    public static StudioException failed(String what, IOException cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                what + ": " + cause.getClass().getSimpleName() + " " + StudioException.quote(cause.getMessage()),
                "Look at the cause; if it lasts, check the disk",
                cause);
    }

    private static boolean isNoSpace(IOException cause) {
        return says(cause, "no space left", "disk quota", "not enough space", "disk full");
    }

    /** Whether hardly anything fits on the disk of a path. */
    public static boolean isDiskFull(Path where) {
        Path folder = where.toAbsolutePath().getParent();
        try {
            return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException e) {
            return false; // the caller then reports its first error, which is the one that matters
        }
    }

    /** Java passes on the operating system's words and no number. */
    private static boolean says(IOException cause, String... phrases) {
        String reason = cause instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(cause.getMessage());
        String text = reason.toLowerCase(Locale.ROOT);
        for (String phrase : phrases) {
            if (text.contains(phrase)) {
                return true;
            }
        }
        return false;
    }
}
