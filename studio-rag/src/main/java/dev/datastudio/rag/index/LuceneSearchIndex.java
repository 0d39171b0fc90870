package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.search.VersionStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;

/**
 * A search index in files, by Lucene: BM25 for words, exact search or HNSW for meaning, no server. One folder for each
 * tenant and collection, {@code TENANT/COLLECTION} below the folder it is opened in, upper-case letters written as
 * {@code +} and the lower-case one.
 *
 * <p>Staged passages wait in a file for each version. What is published is Lucene's index, and a call of
 * {@link #publish} is one commit of it, so a search sees all of it or nothing, also after a crash. Several processes may
 * have one folder open; who writes while another one does waits for it, {@value #LOCK_WAIT_SECONDS} s at most.
 *
 * <p>Of a question by words the first 20,000 characters are read, and its 256 rarest words looked for. Larger segments
 * get their graphs of vectors in the background after a {@link #publish}; until then their vectors are scanned. Deleted
 * passages can't be found any more at once; their bytes leave the disk when segments are merged, or by
 * {@link #compact}. Thread-safe.
 */
public final class LuceneSearchIndex implements SearchIndex {
    /** How long a writer waits for another one, in seconds. */
    public static final int LOCK_WAIT_SECONDS = 60;

    private final Path folder;
    private final Duration lockWait;
    private final Map<IndexName, MainIndex> indexes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    LuceneSearchIndex(Path folder, Duration lockWait) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.lockWait = lockWait;
    }

    /**
     * Opens what is in a folder; nothing is read or made before it is needed.
     *
     * @param folder made when the first index is
     */
    public static LuceneSearchIndex open(Path folder) {
        return new LuceneSearchIndex(folder, Duration.ofSeconds(LOCK_WAIT_SECONDS));
    }

    @Override
    public Set<Retriever> retrievers() {
        return Set.of(Retriever.WORDS, Retriever.MEANING);
    }

    @Override
    public boolean publishesAtomically() {
        return true;
    }

    @Override
    public void prepare(IndexName index, VectorSpace space) {
        if (isPrepared(index, space)) {
            return;
        }
        main(index).write(writer -> {
            if (!isPrepared(index, space)) {
                writer.setLiveCommitData(PassageSearcher.commit(space).entrySet());
            }
        });
    }

    private boolean isPrepared(IndexName index, VectorSpace space) {
        Optional<VectorSpace> held = space(index);
        if (held.isPresent() && !held.get().equals(space)) {
            throw new StudioException(
                    ErrorCode.INDEX_MODEL_MISMATCH,
                    "The search index " + StudioException.quote(index) + " holds vectors of the model "
                            + StudioException.quote(held.get().model()) + " with "
                            + held.get().dimension()
                            + " numbers, not of " + StudioException.quote(space.model()) + " with "
                            + space.dimension(),
                    "Go on with that model, or drop the index and read the documents in again");
        }
        return held.isPresent();
    }

    @Override
    public Optional<VectorSpace> space(IndexName index) {
        return main(index).read(PassageSearcher::space, Optional.empty());
    }

    @Override
    public void stage(IndexName index, List<Passage> passages) {
        PassageKey.Version version = StagedBatch.requireOne(passages);
        StagedBatch.requireSpace(passages, () -> space(index));
        MainIndex main = main(index);
        boolean published = main.read(searcher -> Published.in(searcher).has(version), false);
        if (published) {
            throw new StudioException(
                    ErrorCode.ENTRY_CONFLICT,
                    "Version " + StudioException.quote(version) + " is published already",
                    "Put another content in as another version");
        }
        main.guarded(() -> {
            main.staged().append(version, passages);
            return true;
        });
    }

    @Override
    public void publish(IndexName index, List<PassageKey.Version> versions) {
        publish(index, versions, Cancellation.none());
    }

    /** {@inheritDoc} Can be cancelled until its commit begins, which takes over files that are written by then. */
    @Override
    public void publish(IndexName index, List<PassageKey.Version> versions, Cancellation cancellation) {
        Set<String> documents = StagedBatch.requireDifferentDocuments(versions);
        MainIndex main = main(index);
        boolean done = false;
        while (!done) {
            List<PassageKey.Version> fresh = fresh(main, versions);
            done = main.guarded(() -> publish(main, versions, fresh, cancellation));
        }
        main.guarded(() -> {
            main.staged().removeAll(documents);
            SideIndex.removeLeftOvers(main.folder());
            return true;
        });
    }

    private static List<PassageKey.Version> fresh(MainIndex main, List<PassageKey.Version> versions) {
        return main.read(
                searcher -> {
                    List<PassageKey.Version> fresh = new ArrayList<>(versions);
                    for (PassageKey.Version version : versions) {
                        if (Published.in(searcher).has(version)) {
                            fresh.remove(version);
                        }
                    }
                    return List.copyOf(fresh);
                },
                List.copyOf(versions));
    }

    /** Gives false when somebody else published one of them meanwhile, so that it has to be looked at again. */
    private static boolean publish(
            MainIndex main,
            List<PassageKey.Version> versions,
            List<PassageKey.Version> fresh,
            Cancellation cancellation)
            throws IOException {
        List<StagedFile> staged = new ArrayList<>();
        for (PassageKey.Version version : fresh) {
            main.staged().find(version).ifPresent(staged::add);
        }
        boolean[] done = {true};
        try (SideIndex side = SideIndex.of(staged, main.folder(), cancellation)) {
            main.write(writer -> {
                done[0] = fresh(main, versions).equals(fresh);
                if (done[0]) {
                    removeOthers(main, versions, writer);
                    if (!staged.isEmpty()) {
                        writer.addIndexes(side.directory());
                    }
                }
            });
        }
        return done[0];
    }

    private static void removeOthers(MainIndex main, List<PassageKey.Version> versions, IndexWriter writer)
            throws IOException {
        List<PassageKey.Version> others = main.read(
                searcher -> {
                    List<PassageKey.Version> found = new ArrayList<>();
                    for (PassageKey.Version version : versions) {
                        Published.in(searcher)
                                .of(version.document())
                                .filter(v -> !v.equals(version))
                                .ifPresent(found::add);
                    }
                    return found;
                },
                List.of());
        writer.deleteDocuments(others.stream().map(PassageFields::versionTerm).toArray(Term[]::new));
    }

    @Override
    public void discard(IndexName index, PassageKey.Version version) {
        MainIndex main = main(index);
        main.guarded(() -> {
            main.staged().remove(version);
            return true;
        });
    }

    @Override
    public void delete(IndexName index, Set<String> documents) {
        MainIndex main = main(index);
        Term[] published = main.read(searcher -> Published.in(searcher).termsOf(documents), new Term[0]);
        if (published.length > 0) {
            main.write(writer -> writer.deleteDocuments(published));
        }
        main.guarded(() -> {
            main.staged().removeAll(documents);
            return true;
        });
    }

    /** {@inheritDoc} Its folder goes too, and that of its tenant with the last one. */
    @Override
    public void drop(IndexName index) {
        MainIndex main = main(index);
        if (main.read(searcher -> true, false)) {
            main.write(writer -> {
                writer.deleteAll();
                writer.setLiveCommitData(Map.<String, String>of().entrySet());
            });
        }
        main.guarded(() -> {
            main.staged().removeAll();
            SideIndex.removeLeftOvers(main.folder());
            main.remove();
            return true;
        });
    }

    @Override
    public List<VersionStatus> versions(IndexName index) {
        MainIndex main = main(index);
        List<VersionStatus> staged = main.guarded(() -> main.staged().list());
        Map<PassageKey.Version, VersionStatus> all = new HashMap<>();
        staged.forEach(status -> all.put(status.version(), status));
        main.read(searcher -> Published.in(searcher).versions(), List.<VersionStatus>of())
                .forEach(status -> all.put(status.version(), status));
        return all.values().stream().sorted(StagedBatch.BY_VERSION).toList();
    }

    @Override
    public List<Passage> passages(IndexName index, PassageKey.Version version, int from, int limit) {
        StagedBatch.requirePart(from, limit);
        return main(index).read(searcher -> Published.in(searcher).passages(version, from, limit), List.of());
    }

    @Override
    public List<SearchHit> search(IndexName index, SearchRequest request, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        return main(index).read(searcher -> new Search(searcher, request, cancellation).hits(), List.of());
    }

    /**
     * Takes the bytes of deleted passages off the disk, and waits until all graphs are built. Takes about a millisecond
     * for each vector of large segments. Others can search and publish meanwhile.
     *
     * @throws StudioException {@link ErrorCode#CANCELLED}
     */
    public void compact(IndexName index, Cancellation cancellation) {
        MainIndex main = main(index);
        if (main.read(searcher -> true, false)) {
            main.compact(cancellation::throwIfCancelled);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (MainIndex main : indexes.values()) {
            main.guarded(() -> {
                main.close();
                return true;
            });
        }
    }

    private MainIndex main(IndexName index) {
        if (closed) {
            throw new IllegalStateException("The search index is closed");
        }
        return indexes.computeIfAbsent(
                index,
                name -> new MainIndex(
                        name, folder.resolve(folderName(name.tenant())).resolve(name.collection()), lockWait));
    }

    /** Where file systems take "Acme" and "acme" for the same, two tenants must still have two folders. */
    static String folderName(String tenant) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < tenant.length(); i++) {
            char c = tenant.charAt(i);
            boolean isUpper = c >= 'A' && c <= 'Z';
            name.append(isUpper ? "+" + Character.toLowerCase(c) : c);
        }
        return name.toString();
    }
}
