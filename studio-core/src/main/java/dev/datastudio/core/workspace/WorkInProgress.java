package dev.datastudio.core.workspace;

import dev.datastudio.core.workspace.internal.Folders;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of half-done work.
 *
 * <p>Each user of it has a folder of its own and holds a lock on a file in it for as long as it lives. A folder whose
 * lock is free belongs to nobody any more. File locks hold between processes and, on POSIX, end as soon as their
 * process closes any channel on the file; so the folders of this process are known by name and never probed.
 */
final class WorkInProgress implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkInProgress.class);
    private static final Duration LEFTOVER_AGE = Duration.ofDays(1);
    private static final String LOCK = "lock";
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path parent;
    private @Nullable Path own;
    private @Nullable FileChannel channel;

    WorkInProgress(Path parent) {
        this.parent = parent;
    }

    synchronized Path folder() {
        Path folder = own;
        if (folder == null) {
            folder = parent.resolve(UUID.randomUUID().toString());
            try {
                create(folder);
            } catch (IOException e) {
                throw StorageErrors.writing("A folder for half-done work could not be made", folder, e);
            }
            own = folder;
        }
        return folder;
    }

    private void create(Path folder) throws IOException {
        OF_THIS_PROCESS.add(folder);
        try {
            PrivateFiles.createFolders(folder);
            Path lock = folder.resolve(LOCK);
            PrivateFiles.createFile(lock);
            FileChannel opened = FileChannel.open(lock, StandardOpenOption.WRITE);
            channel = opened;
            FileLock held = opened.lock();
            log.debug("Half-done work goes to {} under {}", folder, held);
        } catch (IOException e) {
            OF_THIS_PROCESS.remove(folder);
            throw e;
        }
    }

    /** Removes folders that nobody holds and nobody touched for a day. */
    void removeLeftovers(Instant now) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path folder : folders) {
                if (!OF_THIS_PROCESS.contains(folder) && isOld(folder, now) && isFree(folder)) {
                    log.info("Removing half-done work of a process that ended: {}", folder);
                    Folders.deleteQuietly(folder);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            log.debug("No half-done work in {}", parent);
        } catch (IOException e) {
            log.warn("Old half-done work in {} could not be removed: {}", parent, e.toString());
        }
    }

    private static boolean isOld(Path folder, Instant now) throws IOException {
        Instant touched =
                Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
        return touched.plus(LEFTOVER_AGE).isBefore(now);
    }

    private static boolean isFree(Path folder) {
        try (FileChannel probe =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = probe.tryLock()) {
            return held != null;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            log.debug("Leaving {} alone", folder, e);
            return false;
        }
    }

    @Override
    public synchronized void close() {
        Path folder = own;
        FileChannel open = channel;
        if (folder == null || open == null) {
            return;
        }
        Folders.deleteQuietly(folder);
        try {
            open.close();
        } catch (IOException e) {
            log.debug("The lock of {} could not be closed", folder, e);
        }
        OF_THIS_PROCESS.remove(folder);
        own = null;
        channel = null;
    }
}
