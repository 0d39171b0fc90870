package dev.datastudio.rag.index;

import dev.datastudio.api.search.IndexName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The published passages of one index: how they are read and written, and where the staged ones wait. Thread-safe. */
final class MainIndex {
    private static final Logger LOG = LoggerFactory.getLogger(MainIndex.class);

    private final IndexName name;
    private final Path folder;
    private final MainWriter writer;
    private final StagedVersions staged;
    private @Nullable SearcherManager searchers;
    private boolean closed;

    MainIndex(IndexName name, Path folder, Duration lockWait) {
        this.name = name;
        this.folder = folder;
        this.writer = new MainWriter(folder, lockWait);
        this.staged = new StagedVersions(folder.resolve("staging"));
    }

    /** Work with a state of the index. */
    interface Reading<T> {
        T with(PassageSearcher searcher) throws IOException;
    }

    /** Work on the files of the index. */
    interface Work<T> {
        T run() throws IOException;
    }

    Path folder() {
        return folder;
    }

    StagedVersions staged() {
        return staged;
    }

    /** Changes what is published. All of it is seen at once when this returns, or nothing of it. */
    void write(MainWriter.Change change) {
        guarded(() -> {
            writer.change(change);
            return true;
        });
    }

    /** Gives the files of deleted passages back and builds what was put off. */
    void compact(MainWriter.Watch watch) {
        guarded(() -> {
            writer.compact(watch);
            return true;
        });
    }

    /** The newest state; {@code otherwise} when nothing was ever published or prepared. */
    <T> T read(Reading<T> reading, T otherwise) {
        return guarded(() -> {
            while (true) {
                Optional<SearcherManager> manager = current();
                if (manager.isEmpty()) {
                    return otherwise;
                }
                PassageSearcher searcher;
                try {
                    searcher = (PassageSearcher) manager.get().acquire();
                } catch (AlreadyClosedException e) {
                    continue; // another thread saw that the index was dropped; that this is closed, current() says
                }
                try {
                    return reading.with(searcher);
                } finally {
                    manager.get().release(searcher);
                }
            }
        });
    }

    /** Says in words what goes wrong with the files. */
    <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw IndexErrors.of(name, folder, e);
        } catch (UncheckedIOException e) {
            throw IndexErrors.of(name, folder, Objects.requireNonNull(e.getCause()));
        } catch (AlreadyClosedException e) {
            if (e.getCause() instanceof IOException cause) {
                throw IndexErrors.of(name, folder, cause);
            }
            throw new IllegalStateException("The search index is closed", e);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw IndexErrors.damaged(name, folder, e); // Lucene trusts the bytes between its check sums
        }
    }

    private Optional<SearcherManager> current() throws IOException {
        SearcherManager manager = opened();
        if (manager == null) {
            return Optional.empty();
        }
        try {
            if (isCurrent(manager) || isRefreshed(manager)) {
                return Optional.of(manager);
            }
        } catch (NoSuchFileException | IndexNotFoundException | IllegalStateException e) {
            LOG.debug("The search index in {} is not the one that was open", folder, e);
        }
        forget(manager); // it was dropped, and perhaps made anew; a damaged one can't be opened again either
        return Optional.ofNullable(opened());
    }

    /** Lucene takes a commit with the same count of changes for the one it has, also one of another index. */
    private static boolean isRefreshed(SearcherManager manager) throws IOException {
        long before = generation(manager);
        manager.maybeRefreshBlocking();
        return generation(manager) != before || isCurrent(manager);
    }

    private static long generation(SearcherManager manager) throws IOException {
        IndexSearcher searcher = manager.acquire();
        try {
            return ((DirectoryReader) searcher.getIndexReader())
                    .getIndexCommit()
                    .getGeneration();
        } finally {
            manager.release(searcher);
        }
    }

    private synchronized void forget(SearcherManager old) throws IOException {
        if (searchers == old) {
            searchers = null;
            old.close();
        }
    }

    /** Takes away what is in the folder, and the folder, unless somebody has put something in since it was emptied. */
    void remove() throws IOException {
        SearcherManager manager = opened();
        if (manager != null) {
            forget(manager);
        }
        writer.remove();
    }

    /** Each commit has a higher number than the one before; to compare them costs half of what reading the commit does. */
    private static boolean isCurrent(SearcherManager manager) throws IOException {
        IndexSearcher searcher = manager.acquire();
        try {
            DirectoryReader reader = (DirectoryReader) searcher.getIndexReader();
            return SegmentInfos.getLastCommitGeneration(reader.directory())
                    == reader.getIndexCommit().getGeneration();
        } finally {
            manager.release(searcher);
        }
    }

    private synchronized @Nullable SearcherManager opened() throws IOException {
        if (closed) {
            throw new IllegalStateException("The search index is closed");
        }
        if (searchers == null && Files.isDirectory(MainWriter.place(folder))) {
            Directory directory = FSDirectory.open(MainWriter.place(folder));
            if (DirectoryReader.indexExists(directory)) {
                searchers = new SearcherManager(directory, new Factory());
            } else {
                MainWriter.requireNew(directory);
            }
        }
        return searchers;
    }

    /** Lets go of everything; work of others goes on to its end. */
    void close() throws IOException {
        synchronized (this) {
            closed = true;
            if (searchers != null) {
                searchers.close();
                searchers = null;
            }
        }
        writer.close();
    }

    private static final class Factory extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) throws IOException {
            return new PassageSearcher(reader);
        }
    }
}
