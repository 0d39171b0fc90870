package dev.datastudio.core.backup.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.BackupOptions.KeyFile;
import dev.datastudio.core.backup.BackupSummary;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.core.workspace.Workspace;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes one backup. Not thread-safe. */
public final class BackupWriter {
    private static final int BUFFER = 1 << 16;

    private final Workspace workspace;
    private final BackupOptions options;
    private final InstantSource clock;
    private final List<Manifest.Item> items = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long written;
    private long total = -1;

    public BackupWriter(Workspace workspace, BackupOptions options, InstantSource clock) {
        this.workspace = workspace;
        this.options = options;
        this.clock = clock;
    }

    public BackupSummary write(Path file) {
        if (Files.exists(file)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The file " + StudioException.quote(file) + " is there already",
                    "Name another one");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The folder of " + StudioException.quote(file) + " is not there",
                    "Make it, or name another one");
        }
        Path half = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Instant madeAt = clock.instant();
            PrivateFiles.createFile(half);
            Manifest manifest = pack(half, madeAt);
            PrivateFiles.sync(half);
            Files.move(half, file);
            return new BackupSummary(
                    file, madeAt, manifest.version(), items.size(), manifest.bytes(), List.copyOf(notes));
        } catch (IOException e) {
            throw StorageErrors.writing("The backup " + StudioException.quote(file) + " could not be written", file, e);
        } finally {
            delete(half);
        }
    }

    private Manifest pack(Path half, Instant madeAt) throws IOException {
        Path state = workspace.temporaryFolder().resolve("backup-" + UUID.randomUUID() + ".db");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(half), BUFFER))) {
            zip.setLevel(Deflater.BEST_SPEED);
            workspace.state().copyTo(state);
            try (IndexSnapshot index = indexes()) {
                List<Path> files = files();
                List<IndexSnapshot.Held> held = index.files();
                total = Files.size(state)
                        + size(files)
                        + size(held.stream().map(IndexSnapshot.Held::file).toList());
                add(zip, Manifest.STATE, state);
                for (Path file : files) {
                    add(zip, name(file), file);
                }
                for (IndexSnapshot.Held file : held) {
                    add(zip, name(file.original()), file.file());
                }
            }
            noteDeletedSince(state);
            Manifest manifest = new Manifest(madeAt, workspace.state().version(), items, notes);
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(manifest.write().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            return manifest;
        } finally {
            delete(state);
        }
    }

    /**
     * Notes the data sets that the copied state speaks of and that somebody deleted since. A deletion forgets the data
     * set before it removes the files, so what lost a file until now is no longer in the state that is used.
     */
    private void noteDeletedSince(Path copy) {
        Map<String, String> deleted = StateDatabase.readCopy(copy, BackupWriter::datasets);
        deleted.keySet()
                .removeAll(workspace.state().read(BackupWriter::datasets).keySet());
        deleted.forEach((id, name) -> notes.add("The data set " + StudioException.quote(name) + " (" + id
                + ") was deleted while the backup was made; its rows may not be in it."));
    }

    private static Map<String, String> datasets(Connection connection) throws SQLException {
        Map<String, String> names = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, name FROM dataset")) {
            while (rows.next()) {
                names.put(rows.getString(1), rows.getString(2));
            }
        }
        return names;
    }

    private String name(Path file) {
        return workspace.folder().relativize(file).toString().replace('\\', '/');
    }

    private IndexSnapshot indexes() throws IOException {
        IndexSnapshot index = IndexSnapshot.of(
                workspace.folder().resolve("index"),
                workspace.temporaryFolder().resolve("backup-" + UUID.randomUUID()));
        for (Path folder : index.unsettled()) {
            notes.add("The search index " + name(folder)
                    + " changed all the time while the backup was made; if it can't be opened, remove it and have the"
                    + " documents read again.");
        }
        return index;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = workspace.folder().resolve("tenants");
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new Collect(files));
        }
        Path key = workspace.folder().resolve(Manifest.KEY);
        if (Files.exists(key)) {
            if (options.keyFile() == KeyFile.INCLUDE) {
                files.add(key);
            } else {
                notes.add("The key of the secrets is not in the backup; without it passwords have to be given again.");
            }
        }
        return files;
    }

    /** Whole files in a lasting order; what is deleted meanwhile, and links, are passed over. */
    private static final class Collect extends SimpleFileVisitor<Path> {
        private final List<Path> files;

        Collect(List<Path> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static long size(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private void add(ZipOutputStream zip, String path, Path file) throws IOException {
        MessageDigest digest = Hashes.sha256();
        long length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(path));
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                options.cancellation().throwIfCancelled();
                zip.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                length += read;
                written += read;
                options.progress().onProgress(new Progress("backing up", written, Math.max(written, total), "bytes"));
            }
            zip.closeEntry();
        } catch (NoSuchFileException e) {
            notes.add("The file " + path + " was deleted while the backup was made, and is not in it.");
            return;
        }
        items.add(new Manifest.Item(path, length, HexFormat.of().formatHex(digest.digest())));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.failed("The file " + StudioException.quote(file) + " could not be removed", e);
        }
    }
}
