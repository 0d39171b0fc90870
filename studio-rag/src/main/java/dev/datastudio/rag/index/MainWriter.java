package dev.datastudio.rag.index;

import dev.datastudio.rag.index.internal.PassageVectorsFormat;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the published passages of one index. A change is one commit: after a crash it is there or not, never half.
 *
 * <p>Lucene's lock on the folder is held for a change only, and as long as merges run behind it. Who waits for the lock
 * meanwhile leaves a file saying so, and the merges are given up: they lose time, and are done after a later change.
 * Thread-safe.
 */
final class MainWriter {
    private static final Logger LOG = LoggerFactory.getLogger(MainWriter.class);
    private static final long POLL_MILLIS = 25;
    private static final long WATCH_MILLIS = 100;
    private static final int MERGE_THREADS = 2;

    /** Half of Lucene's default: to walk one graph of 50,000 vectors costs little more than to walk one of 10,000. */
    private static final int SEGMENTS_PER_TIER = 5;

    private final Path folder;
    private final Duration lockWait;
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition closing = turn.newCondition();
    private @Nullable Session session;
    private boolean isWatched;
    private boolean closed;

    MainWriter(Path folder, Duration lockWait) {
        this.folder = folder;
        this.lockWait = lockWait;
    }

    /** What becomes one commit. */
    interface Change {
        void apply(IndexWriter writer) throws IOException;
    }

    /** Looks whether long work should go on; throws when not. */
    interface Watch {
        void look();
    }

    /** An open writer of Lucene, and how its graphs are given up. */
    private record Session(IndexWriter writer, AtomicBoolean aborted) {
        boolean merges() {
            return writer.hasPendingMerges() || !writer.getMergingSegments().isEmpty();
        }

        void abort() throws IOException {
            aborted.set(true);
            writer.rollback();
        }
    }

    static Path place(Path folder) {
        return folder.resolve("main");
    }

    /** Makes a change that outlives a crash when this returns; nothing of it is there when it throws. */
    void change(Change change) throws IOException {
        takeTurn();
        try {
            Session open = open();
            boolean done = false;
            try {
                change.apply(open.writer());
                open.writer().commit();
                done = true;
            } finally {
                if (!done) {
                    session = null;
                    open.abort();
                }
            }
            closeOrWatch(open);
        } finally {
            turn.unlock();
        }
    }

    /** Takes the bytes of deleted passages off the disk and waits for all merges; others may write meanwhile. */
    void compact(Watch watch) throws IOException {
        change(writer -> {
            writer.forceMergeDeletes(false);
            writer.maybeMerge();
        });
        while (isMerging()) {
            watch.look();
            pause(WATCH_MILLIS);
        }
        change(writer -> {}); // its commit is that of the merges too
    }

    private boolean isMerging() {
        turn.lock();
        try {
            return session != null && session.merges();
        } finally {
            turn.unlock();
        }
    }

    void close() throws IOException {
        turn.lock();
        try {
            closed = true;
            closing.signalAll();
            if (session != null) {
                Session open = session;
                session = null;
                giveUp(open);
            }
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(lockWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw IndexErrors.busy(folder, lockWait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IndexErrors.busy(folder, lockWait);
        }
        if (closed) {
            turn.unlock();
            throw new IllegalStateException("The search index is closed");
        }
    }

    private Session open() throws IOException {
        if (session != null && session.writer().isOpen()) {
            return session;
        }
        Directory directory = FSDirectory.open(place(folder));
        AtomicBoolean aborted = new AtomicBoolean();
        Session opened = new Session(await(directory, aborted), aborted);
        session = opened;
        return opened;
    }

    /**
     * Makes the first commit: from then on, an index without one is a damaged one. Its number is the time, so that a
     * reader of an index of the same name which was dropped sees that this is another one.
     */
    private static void make(Directory directory) throws IOException {
        if (DirectoryReader.indexExists(directory)) {
            return;
        }
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            if (!DirectoryReader.indexExists(directory)) {
                requireNew(directory);
                SegmentInfos first = new SegmentInfos(Version.LATEST.major);
                first.setNextWriteGeneration(System.currentTimeMillis());
                first.commit(directory);
            }
            lock.ensureValid();
        }
    }

    /** Takes the folder of an empty index away; does nothing when somebody writes it, or has written something. */
    void remove() throws IOException {
        takeTurn();
        try {
            if (session != null) {
                Session open = session;
                session = null;
                giveUp(open);
            }
            if (Files.isDirectory(place(folder)) && !isEmptied()) {
                return;
            }
            Path tenant = Objects.requireNonNull(folder.getParent(), "an index lies in the folder of its tenant");
            for (Path each : List.of(place(folder), folder.resolve("staging"), folder, tenant)) {
                Files.deleteIfExists(each);
            }
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} is used again, or has another index beside it, and stays", e.getFile());
        } finally {
            turn.unlock();
        }
    }

    private boolean isEmptied() throws IOException {
        try (Directory directory = FSDirectory.open(place(folder));
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            if (DirectoryReader.indexExists(directory)) {
                SegmentInfos last = SegmentInfos.readLatestCommit(directory);
                if (last.size() > 0 || !last.getUserData().isEmpty()) {
                    return false;
                }
            }
            lock.ensureValid();
            for (String file : directory.listAll()) {
                Files.deleteIfExists(place(folder).resolve(file)); // that of the lock too, as long as it is held
            }
            return true;
        } catch (LockObtainFailedException e) {
            return false;
        }
    }

    /** @throws CorruptIndexException if the list of its files is missing, but files are there */
    static void requireNew(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (file.startsWith("_")) {
                throw new CorruptIndexException("the list of its files (segments_N) is missing", directory.toString());
            }
        }
    }

    private IndexWriter await(Directory directory, AtomicBoolean aborted) throws IOException {
        long start = System.nanoTime();
        boolean asked = false;
        try {
            while (true) {
                try {
                    make(directory);
                    return new IndexWriter(directory, configuration(aborted, new QuietScheduler()));
                } catch (NoSuchFileException e) {
                    if (System.nanoTime() - start > lockWait.toNanos()) {
                        throw e;
                    }
                    Files.createDirectories(place(folder)); // somebody dropped the index just now
                } catch (LockObtainFailedException e) {
                    if (System.nanoTime() - start > lockWait.toNanos()) {
                        throw IndexErrors.busy(folder, lockWait);
                    }
                    Files.write(wanted(), new byte[0]);
                    asked = true;
                    pause(POLL_MILLIS);
                }
            }
        } finally {
            if (asked) {
                Files.deleteIfExists(wanted());
            }
        }
    }

    /** How indexes are written, this one and those that are added to it. */
    static IndexWriterConfig configuration(AtomicBoolean aborted, MergeScheduler merges) {
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setSegmentsPerTier(SEGMENTS_PER_TIER);
        return new IndexWriterConfig(PassageFields.ANALYZER)
                .setCodec(PassageVectorsFormat.codec(aborted::get))
                .setSimilarity(PassageSearcher.BM25)
                .setCommitOnClose(false)
                .setMergePolicy(policy)
                .setMergeScheduler(merges)
                .setRAMBufferSizeMB(64);
    }

    private Path wanted() {
        return folder.resolve("writer.wanted");
    }

    private void closeOrWatch(Session open) throws IOException {
        if (!open.merges()) {
            session = null;
            open.writer().commit();
            open.writer().close();
        } else if (!isWatched) {
            isWatched = true;
            Thread watcher = new Thread(this::watch, "studio-index-merges");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    /** Closes the writer when its merges are done or somebody waits for it. */
    private void watch() {
        turn.lock();
        try {
            while (session != null) {
                Session open = session;
                if (!open.merges()) {
                    closeOrWatch(open);
                } else if (Files.exists(wanted())) {
                    session = null;
                    giveUp(open);
                    Files.deleteIfExists(wanted()); // who still waits writes it again; who was killed doesn't
                } else {
                    closing.awaitNanos(TimeUnit.MILLISECONDS.toNanos(WATCH_MILLIS));
                }
            }
        } catch (IOException | RuntimeException e) {
            session = null;
            LOG.warn("The segments of the search index in {} could not be merged; it is searched as it is", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody but the JVM ends this thread
        } finally {
            isWatched = false;
            turn.unlock();
        }
    }

    /** Keeps the merges that are done. */
    private static void giveUp(Session open) throws IOException {
        try {
            if (open.writer().isOpen()) {
                open.writer().commit();
            }
        } finally {
            open.abort();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted while it waited for the search index");
        }
    }

    /** Merges beside the changes, which never wait for it, and logs what goes wrong. */
    private static final class QuietScheduler extends ConcurrentMergeScheduler {
        QuietScheduler() {
            setMaxMergesAndThreads(MERGE_THREADS + 5, MERGE_THREADS);
            disableAutoIOThrottle();
        }

        @Override
        protected synchronized boolean maybeStall(MergeSource source) {
            return true;
        }

        @Override
        protected void handleMergeException(Throwable cause) {
            if (!(cause instanceof MergePolicy.MergeAbortedException)) {
                LOG.warn("Segments of a search index could not be merged; it is searched as it is", cause);
            }
        }
    }
}
