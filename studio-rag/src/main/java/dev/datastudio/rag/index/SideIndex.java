package dev.datastudio.rag.index;

import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * A small index that becomes part of the main one: what takes time is done in here, and the main index is locked only
 * while the files are taken over. In memory, or in a folder when it is large.
 */
final class SideIndex implements AutoCloseable {
    private static final long MOST_IN_MEMORY = 16L << 20;
    private static final String PREFIX = "build-";

    private final Directory directory;
    private final @Nullable Path folder;

    private SideIndex(Directory directory, @Nullable Path folder) {
        this.directory = directory;
        this.folder = folder;
    }

    /** An index of the staged passages, which keeps nothing when it is cancelled. */
    static SideIndex of(List<StagedFile> versions, Path parent, Cancellation cancellation) throws IOException {
        long size = versions.stream().mapToLong(StagedFile::size).sum();
        Path folder = size > MOST_IN_MEMORY ? parent.resolve(PREFIX + UUID.randomUUID()) : null;
        SideIndex side = new SideIndex(folder == null ? new ByteBuffersDirectory() : FSDirectory.open(folder), folder);
        boolean built = false;
        try {
            side.build(versions, cancellation);
            built = true;
            return side;
        } finally {
            if (!built) {
                side.close();
            }
        }
    }

    private void build(List<StagedFile> versions, Cancellation cancellation) throws IOException {
        AtomicBoolean aborted = new AtomicBoolean();
        Cancellation.Registration aborting = cancellation.onCancel(() -> aborted.set(true));
        try (aborting;
                IndexWriter writer =
                        new IndexWriter(directory, MainWriter.configuration(aborted, new SerialMergeScheduler()))) {
            for (StagedFile version : versions) {
                version.forEach(passage -> {
                    cancellation.throwIfCancelled();
                    writer.addDocument(PassageFields.document(passage));
                });
            }
            cancellation.throwIfCancelled();
            writer.commit();
        }
    }

    Directory directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        directory.close();
        if (folder != null) {
            IOUtils.rm(folder);
        }
    }

    /** Removes the folders of processes that were killed while they built one; others are locked. */
    static void removeLeftOvers(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                removeUnlocked(folder);
            }
        }
    }

    private static void removeUnlocked(Path folder) throws IOException {
        try (Directory directory = FSDirectory.open(folder)) {
            if (directory.listAll().length == 0) {
                return; // somebody is just about to lock it
            }
            try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
                lock.ensureValid();
            } catch (LockObtainFailedException e) {
                return;
            }
        }
        IOUtils.rm(folder);
    }
}
