package dev.datastudio.core.backup;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * How a workspace is backed up or restored. Immutable.
 *
 * @param keyFile what becomes of the key that opens the workspace's secrets
 * @param progress told how far it is, in bytes
 * @param cancellation stops it; nothing of it stays
 */
public record BackupOptions(KeyFile keyFile, ProgressListener progress, Cancellation cancellation) {
    /** Without the key. */
    public static final BackupOptions DEFAULT =
            new BackupOptions(KeyFile.LEAVE_OUT, ProgressListener.NONE, Cancellation.none());

    public BackupOptions {
        Objects.requireNonNull(keyFile, "keyFile");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** These with the key in the backup: whoever gets the file can open the passwords in it. */
    public BackupOptions includingKeyFile() {
        return new BackupOptions(KeyFile.INCLUDE, progress, cancellation);
    }

    /** These with a listener. */
    public BackupOptions telling(ProgressListener progress) {
        return new BackupOptions(keyFile, progress, cancellation);
    }

    /** These with a cancellation. */
    public BackupOptions cancelledBy(Cancellation cancellation) {
        return new BackupOptions(keyFile, progress, cancellation);
    }

    /** What becomes of the file {@code key} of a workspace. */
    public enum KeyFile {
        /**
         * It stays behind. A restored workspace asks for passwords again, unless the key is put beside it by hand or
         * comes from outside.
         */
        LEAVE_OUT,
        /** It is in the backup. */
        INCLUDE
    }
}
