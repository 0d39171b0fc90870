package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in the words of Studio what SQLite and the file system report. */
final class SqliteFailures {
    // Primary result codes of SQLite, https://sqlite.org/rescode.html
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int PERM = 3;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    /** Some programs report a full disk in general words: below this much free space it is taken for one. */
    private static final long FULL_BELOW_BYTES = 256 * 1024;

    private final Path file;

    SqliteFailures(Path file) {
        this.file = file;
    }

    StudioException translate(SQLException error) {
        return switch (error.getErrorCode() & 0xff) {
            case BUSY, LOCKED -> busy(error);
            case FULL -> full(error);
            case PERM, READONLY, CANTOPEN -> notWritable(error);
            case CORRUPT, NOTADB -> damaged(error);
            case IOERR -> isDiskFull() ? full(error) : failed(error);
            default -> failed(error);
        };
    }

    /** For files that are read or written beside the database. */
    StudioException translate(IOException error) {
        if (error instanceof NoSuchFileException) {
            return new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The folder of " + named() + " is not there",
                    "Make the folder, or name a file in one that exists",
                    error);
        }
        if (error instanceof AccessDeniedException) {
            return notWritable(error);
        }
        return isDiskFull() ? full(error) : failed(error);
    }

    StudioException busy(@Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                capital(named()) + " stayed locked by another thread or process",
                "Wait until the other one is done, then try again",
                cause);
    }

    StudioException notWritable(@Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_NOT_WRITABLE,
                capital(named()) + " can't be written",
                "Give this user the right to write the file and its folder, or name another file",
                cause);
    }

    StudioException damaged(@Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.CHECKPOINT_DAMAGED,
                capital(named()) + " is damaged or no database",
                "Restore it from a backup, or move it away together with its '-wal', '-shm' and '.key' files to begin anew",
                cause);
    }

    StudioException tooNew(int version, int known) {
        return new StudioException(
                ErrorCode.WORKSPACE_TOO_NEW,
                capital(named()) + " has checkpoint tables of version " + version
                        + ", this Studio knows versions up to " + known,
                "Use the newer Studio that wrote it, or name another file");
    }

    StudioException keyMissing(Path keyFile) {
        return new StudioException(
                ErrorCode.FILE_NOT_FOUND,
                "The key file " + StudioException.quote(keyFile) + " of " + named() + " is missing",
                "Put it back from a backup, or open the database with its key; nobody can prove without it that the"
                        + " entries are as they were written");
    }

    StudioException keyDamaged(Path keyFile, int length) {
        return new StudioException(
                ErrorCode.CHECKPOINT_DAMAGED,
                "The key file " + StudioException.quote(keyFile) + " of " + named() + " has " + length
                        + " bytes, which is not what was written",
                "Put it back from a backup, or open the database with its key");
    }

    StudioException failed(Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                capital(named()) + " failed: " + cause.getMessage(),
                "Look at the cause and try again; if it lasts, check the disk",
                cause);
    }

    private StudioException full(Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_FULL,
                "The disk is full: " + named() + " could not be written",
                "Free some space there; what was stored before is kept",
                cause);
    }

    private boolean isDiskFull() {
        Path folder = file.getParent();
        try {
            return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException e) {
            return false; // the caller then reports its first error, which is the one that matters
        }
    }

    private String named() {
        return "the checkpoint database " + StudioException.quote(file);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
