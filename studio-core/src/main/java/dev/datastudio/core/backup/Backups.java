package dev.datastudio.core.backup;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.backup.internal.BackupReader;
import dev.datastudio.core.backup.internal.BackupWriter;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Backs a workspace up into one file while it is used, and restores it elsewhere.
 *
 * <p>The state database is copied first, as it is at one moment, then the files it speaks of, which are never changed
 * once they are there. A file that somebody deletes meanwhile is missing, and noted. Search indexes are as they are at
 * one moment too, a little later: where documents were added or replaced meanwhile, have what broke off resumed in the
 * restored workspace. The backup is a ZIP file with the
 * length and SHA-256 of each file in its manifest; restoring checks them all before the workspace gets its name. State
 * kept in PostgreSQL, an S3 store and the like is not in it: those have their own backups.
 */
public final class Backups {
    private Backups() {}

    /**
     * Backs up an open workspace; others may go on using it. Blocks until the file is whole.
     *
     * @param file where it goes; must not be there yet
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the file is there or its folder is not, a
     *     {@code STORAGE_…} code, or {@link ErrorCode#CANCELLED}
     */
    public static BackupSummary create(Workspace workspace, Path file, BackupOptions options, InstantSource clock) {
        return new BackupWriter(workspace, options, clock)
                .write(file.toAbsolutePath().normalize());
    }

    /**
     * What a backup says that it holds; nothing is unpacked.
     *
     * @throws StudioException with {@link ErrorCode#BACKUP_INVALID} when it is none
     */
    public static BackupSummary inspect(Path file) {
        try (BackupReader reader = BackupReader.open(file.toAbsolutePath().normalize())) {
            return reader.summary();
        }
    }

    /**
     * Makes a workspace of a backup. It is made under another name, checked, and renamed when it is whole. Opening it
     * then upgrades it if an older Studio made it.
     *
     * @param folder where it goes; must not be there, or be an empty folder
     * @throws StudioException with {@link ErrorCode#BACKUP_INVALID} when the file is no backup, is damaged, or holds
     *     something that it may not, {@link ErrorCode#WORKSPACE_TOO_NEW} when a newer Studio made it,
     *     {@link ErrorCode#INVALID_ARGUMENT} when the folder is not empty, a {@code STORAGE_…} code, or
     *     {@link ErrorCode#CANCELLED}; the folder is as it was
     */
    public static BackupSummary restore(Path file, Path folder, BackupOptions options) {
        try (BackupReader reader = BackupReader.open(file.toAbsolutePath().normalize())) {
            return reader.restore(folder.toAbsolutePath().normalize(), options);
        }
    }
}
