package dev.datastudio.core.backup.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.BackupOptions.KeyFile;
import dev.datastudio.core.backup.BackupSummary;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.core.workspace.internal.Folders;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An opened backup: hostile until checked. Not thread-safe. */
public final class BackupReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_MANIFEST = 256 << 20;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;
    private long done;

    private BackupReader(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Opens a backup and reads its manifest.
     *
     * @throws StudioException when it is no backup
     */
    public static BackupReader open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                return new BackupReader(file, zip, Manifest.read(file, manifest(file, zip)));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The backup " + StudioException.quote(file) + " is not there",
                    "Check the path");
        } catch (ZipException | EOFException e) {
            throw Manifest.invalid(file, "it is no whole ZIP file");
        } catch (IOException e) {
            throw StorageErrors.failed("The backup " + StudioException.quote(file) + " could not be read", e);
        }
    }

    private static String manifest(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw Manifest.invalid(file, "it has no manifest");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_MANIFEST + 1);
            if (bytes.length > MAX_MANIFEST) {
                throw Manifest.invalid(file, "its manifest is too long");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    public BackupSummary summary() {
        return new BackupSummary(
                file,
                manifest.madeAt(),
                manifest.version(),
                manifest.items().size(),
                manifest.bytes(),
                manifest.notes());
    }

    /** Unpacks beside the folder, checks, and renames. */
    public BackupSummary restore(Path folder, BackupOptions options) {
        if (manifest.version() > StateDatabase.newestVersion()) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_TOO_NEW,
                    "The backup " + StudioException.quote(file) + " has version " + manifest.version()
                            + ", this Studio knows versions up to " + StateDatabase.newestVersion(),
                    "Restore it with a newer Studio");
        }
        requireEmpty(folder);
        Path half = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            PrivateFiles.createFolders(half);
            List<String> notes = new ArrayList<>(manifest.notes());
            for (Manifest.Item item : manifest.items()) {
                if (item.path().equals(Manifest.KEY) && options.keyFile() == KeyFile.LEAVE_OUT) {
                    notes.add("The key of the secrets in the backup was not restored.");
                } else {
                    unpack(item, half.resolve(item.path()), options);
                }
            }
            requireWhole(half.resolve(Manifest.STATE));
            Files.deleteIfExists(folder);
            Files.move(half, folder);
            return new BackupSummary(
                    file,
                    manifest.madeAt(),
                    manifest.version(),
                    manifest.items().size(),
                    manifest.bytes(),
                    notes);
        } catch (ZipException | EOFException e) { // the latter for content that breaks off
            throw Manifest.invalid(file, "it is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw StorageErrors.writing(
                    "The workspace " + StudioException.quote(folder) + " could not be restored", folder, e);
        } finally {
            Folders.deleteQuietly(half);
        }
    }

    private static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
                if (!inside.iterator().hasNext()) {
                    return;
                }
            } catch (IOException e) {
                throw StorageErrors.failed("The folder " + StudioException.quote(folder) + " could not be read", e);
            }
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The folder " + StudioException.quote(folder) + " is there and not empty",
                "Restore to a new folder; move it to its place when you have looked at it");
    }

    /** Never more bytes than the manifest says, whatever the ZIP file holds. */
    private void unpack(Manifest.Item item, Path target, BackupOptions options) throws IOException {
        ZipEntry entry = zip.getEntry(item.path());
        if (entry == null) {
            throw Manifest.invalid(file, StudioException.quote(item.path()) + " is missing");
        }
        PrivateFiles.createFolders(Objects.requireNonNull(target.getParent(), "an item lies in a folder"));
        PrivateFiles.createFile(target);
        MessageDigest digest = Hashes.sha256();
        long length = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                options.cancellation().throwIfCancelled();
                length += read;
                if (length > item.length()) {
                    break;
                }
                out.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                done += read;
                options.progress().onProgress(new Progress("restoring", done, manifest.bytes(), "bytes"));
            }
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        if (length != item.length() || !hash.equals(item.sha256())) {
            throw Manifest.invalid(file, StudioException.quote(item.path()) + " is not what it was");
        }
        PrivateFiles.sync(target);
    }

    private void requireWhole(Path state) {
        if (!StateDatabase.problems(state).isEmpty()) {
            throw Manifest.invalid(file, "its state database is damaged");
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw StorageErrors.failed("The backup " + StudioException.quote(file) + " could not be closed", e);
        }
    }
}
