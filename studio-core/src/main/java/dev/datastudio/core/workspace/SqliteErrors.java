package dev.datastudio.core.workspace;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Says in the words of Studio what SQLite reports. */
final class SqliteErrors {
    private SqliteErrors() {}

    static boolean isBusy(SQLException error) {
        int code = primaryCode(error);
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    /** Whether SQLite could not open or write the file where it lies, so that reading it may still work. */
    static boolean isNotWritable(SQLException error) {
        int code = primaryCode(error);
        return code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_PERM.code;
    }

    static StudioException translate(Path file, SQLException error) {
        if (isBusy(error)) {
            return busy(file, error);
        }
        int code = primaryCode(error);
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return full(file, error);
        }
        if (isNotWritable(error)) {
            return notWritable(file, error);
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return damaged(file, error);
        }
        if (code == SQLiteErrorCode.SQLITE_IOERR.code && StorageErrors.isDiskFull(file)) {
            return full(file, error);
        }
        return failed(file, error);
    }

    static StudioException full(Path file, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_FULL,
                "The disk is full; the state database " + StudioException.quote(file) + " could not be written",
                "Free some space there, or open another workspace",
                cause);
    }

    static StudioException notWritable(Path file, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_NOT_WRITABLE,
                "The state database " + StudioException.quote(file) + " can't be written",
                "Give this user the right to write the file and its folder, or open another workspace",
                cause);
    }

    static StudioException damaged(Path file, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.WORKSPACE_DAMAGED,
                "The state database " + StudioException.quote(file) + " is damaged or not one of Studio's",
                "Restore it from a backup, or move it away: a new one is made and the files have to be imported again",
                cause);
    }

    static StudioException tooNew(Path file, int version, int known) {
        return new StudioException(
                ErrorCode.WORKSPACE_TOO_NEW,
                "The state database " + StudioException.quote(file) + " has version " + version
                        + ", this Studio knows versions up to " + known,
                "Use the newer Studio that wrote it, or open another workspace");
    }

    static StudioException busy(Path file, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                "The state database " + StudioException.quote(file) + " stayed locked by another process",
                "Wait until the other process is done, then try again",
                cause);
    }

    static StudioException failed(Path file, Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The state database " + StudioException.quote(file) + " failed: " + cause.getMessage(),
                "Look at the cause; if it lasts, restore the workspace from a backup",
                cause);
    }

    private static int primaryCode(SQLException error) {
        return error.getErrorCode() & 0xff;
    }
}
