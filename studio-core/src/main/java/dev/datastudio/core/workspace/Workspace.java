package dev.datastudio.core.workspace;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.Folders;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The folder that holds everything a studio keeps. Thread-safe.
 *
 * <pre>
 * state.db      everything transactional, see {@link StateDatabase}
 * key           the vault's key
 * tenants/      the artifact store: TENANT/USER/uploads/UPLOAD/…, TENANT/documents/…
 * index/        text indexes by tenant
 * tmp/          half-done work, one folder for each open workspace
 * </pre>
 *
 * <p>Several processes may have one workspace open at once. Folders are made with mode 0700 and files with 0600 where
 * the file system knows such modes.
 */
public final class Workspace implements AutoCloseable {
    private final Path folder;
    private final StateDatabase state;
    private final WorkInProgress workInProgress;
    private final Lifetime lifetime;

    private enum Lifetime {
        KEPT,
        UNTIL_CLOSED
    }

    private Workspace(Path folder, Lifetime lifetime, InstantSource clock) {
        this.folder = folder;
        this.lifetime = lifetime;
        this.state = StateDatabase.open(folder.resolve("state.db"));
        this.workInProgress = new WorkInProgress(folder.resolve("tmp"));
        if (!state.isReadOnly()) {
            workInProgress.removeLeftovers(clock.instant());
        }
    }

    /**
     * Opens the workspace in a folder, which is made when it is not there. What crashed processes left half-done more
     * than a day ago is removed. Where nothing can be written, an existing workspace opens for reading.
     *
     * @throws StudioException STORAGE_NOT_WRITABLE, STORAGE_FULL, WORKSPACE_TOO_NEW, WORKSPACE_DAMAGED
     */
    public static Workspace open(Path folder) {
        return open(folder, InstantSource.system());
    }

    /** As {@link #open(Path)}, with the clock that tells which leftovers are old. */
    public static Workspace open(Path folder, InstantSource clock) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "The workspace " + StudioException.quote(absolute) + " is a file",
                    "Name a folder; it is made when it is not there");
        }
        try {
            PrivateFiles.createFolders(absolute);
        } catch (IOException e) {
            throw StorageErrors.writing(
                    "The workspace " + StudioException.quote(absolute) + " could not be made", absolute, e);
        }
        return new Workspace(absolute, Lifetime.KEPT, clock);
    }

    /** Opens an empty workspace in the system's temporary folder; closing it removes it with all it holds. */
    public static Workspace temporary() {
        Path folder;
        try {
            folder = Files.createTempDirectory("studio-");
        } catch (IOException e) {
            throw StorageErrors.writing(
                    "A temporary workspace could not be made", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
        return new Workspace(folder, Lifetime.UNTIL_CLOSED, InstantSource.system());
    }

    /** Where it lies, absolute. */
    public Path folder() {
        return folder;
    }

    /** The database of everything transactional; open until the workspace is closed. */
    public StateDatabase state() {
        return state;
    }

    /** Where the artifact store keeps its files; need not be there. */
    public Path tenants() {
        return folder.resolve("tenants");
    }

    /** Whether nothing can be written here: reading works, every write fails with STORAGE_NOT_WRITABLE. */
    public boolean isReadOnly() {
        return state.isReadOnly();
    }

    /**
     * A folder for half-done work, on the same file system as {@link #tenants()} so that finished files can be renamed
     * into place. It belongs to this open workspace alone and is removed when it closes.
     *
     * @throws StudioException STORAGE_NOT_WRITABLE or STORAGE_FULL when it can't be made
     */
    public Path temporaryFolder() {
        return workInProgress.folder();
    }

    /** Closes the database and removes half-done work. Does nothing when called again. */
    @Override
    public void close() {
        state.close();
        workInProgress.close();
        if (lifetime == Lifetime.UNTIL_CLOSED) {
            Folders.deleteQuietly(folder);
        }
    }
}
