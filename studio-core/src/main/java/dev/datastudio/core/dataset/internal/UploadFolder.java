package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one upload while it is filled. It has a name that no upload has until {@link #publish()} renames it, so
 * nothing half-written is ever taken for an upload. While its process lives it holds a lock; folders without one were
 * left by a process that was killed, and the next import clears them away. Not thread-safe.
 */
final class UploadFolder implements AutoCloseable {
    private static final String PREFIX = ".importing-";
    private static final String LOCK = ".lock";

    private final Path uploads;
    private final String id;
    private final Path folder;
    private final Path lockFile;
    private final FileChannel channel;
    private boolean published;

    private UploadFolder(Path uploads, String id, FileChannel channel) {
        this.uploads = uploads;
        this.id = id;
        this.folder = uploads.resolve(PREFIX + id);
        this.lockFile = lockFile(uploads, id);
        this.channel = channel;
    }

    /** Makes a new one among the uploads of a caller. */
    static UploadFolder create(Path uploads) {
        return create(uploads, "");
    }

    /**
     * Makes one that gets a name.
     *
     * @param name empty for one that nobody has; a name that is taken, or just being taken, gets another one
     */
    static UploadFolder create(Path uploads, String name) {
        boolean free =
                !name.isEmpty() && !Files.exists(uploads.resolve(name)) && !Files.exists(lockFile(uploads, name));
        String id = free ? name : UUID.randomUUID().toString();
        try {
            PrivateFiles.createFolders(uploads);
            sweep(uploads);
            FileChannel channel = lock(lockFile(uploads, id));
            UploadFolder made = new UploadFolder(uploads, id, channel);
            PrivateFiles.createFolders(made.scratch());
            return made;
        } catch (IOException e) {
            throw StorageErrors.writing("No upload could be begun", uploads, e);
        }
    }

    private static Path lockFile(Path uploads, String id) {
        return uploads.resolve(PREFIX + id + LOCK);
    }

    /** The lock lasts as long as the channel is open. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.lock();
            assert held.isValid();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Clears away what killed processes left. The lock file is there before its folder and goes after it. */
    private static void sweep(Path uploads) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(uploads)) {
            left = entries.filter(p -> p.getFileName().toString().startsWith(PREFIX))
                    .filter(p -> !p.getFileName().toString().endsWith(LOCK))
                    .toList();
        }
        for (Path folder : left) {
            Path lock = folder.resolveSibling(folder.getFileName() + LOCK);
            if (isAbandoned(lock)) {
                deleteTree(folder);
                Files.deleteIfExists(lock);
            }
        }
    }

    private static boolean isAbandoned(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process is at it
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** The name that the upload gets. */
    String id() {
        return id;
    }

    /** A file in it. */
    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** For files that are not kept. */
    Path scratch() {
        return folder.resolve("scratch");
    }

    /** Makes an upload of it: everything is on the disk before the name is. */
    Path publish() {
        Path target = uploads.resolve(id);
        try {
            deleteTree(scratch());
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    PrivateFiles.sync(file);
                }
            }
            PrivateFiles.sync(folder);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            published = true;
            PrivateFiles.sync(uploads);
            return target;
        } catch (IOException e) {
            throw StorageErrors.writing("The upload could not be stored", target, e);
        }
    }

    /** Takes an upload back that was published. */
    void retract() {
        delete(uploads.resolve(id));
    }

    /** Deletes a folder with all that is in it; does nothing when it isn't there. */
    static void delete(Path folder) {
        try {
            deleteTree(folder);
        } catch (IOException e) {
            throw StorageErrors.writing(
                    "The folder " + StudioException.quote(folder) + " could not be deleted", folder, e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Clears everything away that was not published. */
    @Override
    public void close() {
        try (channel) {
            if (!published) {
                deleteTree(folder);
            }
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw StorageErrors.writing("An unfinished upload could not be cleared away", folder, e);
        }
    }
}
