package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.IndexName;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.util.Locale;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;

/** What goes wrong with the files of an index, in words. */
final class IndexErrors {
    private IndexErrors() {}

    static StudioException of(IndexName index, Path folder, IOException cause) {
        String place = StudioException.quote(folder);
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return new StudioException(
                    ErrorCode.STORAGE_FULL,
                    "There is no room left for the search index in " + place,
                    "Free space on that disk and do it again; what was published before is still there",
                    cause);
        }
        if (cause instanceof AccessDeniedException || message.contains("read-only file system")) {
            return notWritable(place, cause);
        }
        if (cause instanceof IndexFormatTooNewException) {
            return new StudioException(
                    ErrorCode.WORKSPACE_TOO_NEW,
                    "The search index in " + place + " was written by a newer version of Studio",
                    "Use that version, or delete the folder and read the documents in again",
                    cause);
        }
        return isDamage(cause) ? damaged(index, folder, cause) : failed(place, cause);
    }

    static StudioException readOnly(Path folder, ReadOnlyFileSystemException cause) {
        return notWritable(StudioException.quote(folder), cause);
    }

    static StudioException damaged(IndexName index, Path folder, Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The search index " + StudioException.quote(index) + " in " + StudioException.quote(folder)
                        + " is damaged: " + StudioException.quote(cause.getMessage()),
                "Restore the folder from a backup, or delete it and read the documents in again",
                cause);
    }

    static StudioException busy(Path folder, Duration waited) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                "Another process or thread has been writing the search index in " + StudioException.quote(folder)
                        + " for more than " + waited.toSeconds() + " s",
                "Do it again when it is done");
    }

    private static boolean isDamage(IOException cause) {
        return cause instanceof CorruptIndexException
                || cause instanceof IndexFormatTooOldException
                || cause instanceof IndexNotFoundException
                || cause instanceof EOFException
                || cause instanceof NoSuchFileException
                || cause instanceof java.io.FileNotFoundException;
    }

    private static StudioException notWritable(String place, Exception cause) {
        return new StudioException(
                ErrorCode.STORAGE_NOT_WRITABLE,
                "The search index in " + place + " can't be read or written",
                "Give the user of this process the right to read and write that folder",
                cause);
    }

    private static StudioException failed(String place, IOException cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The search index in " + place + " failed: " + StudioException.quote(cause.getMessage()),
                "See the log for the cause, and do it again",
                cause);
    }
}
