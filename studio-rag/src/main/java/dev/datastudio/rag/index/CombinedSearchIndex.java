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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two search indexes as one: one finds by words, such as {@link LuceneSearchIndex}, the other by meaning, such as
 * {@link ChromaSearchIndex}. Every passage is in both, its vector in the second one only. Thread-safe when both are.
 *
 * <p>A version counts as published when it is in both; {@link #versions} gives the smaller number of passages. When the
 * work breaks off between the two, one may find the old version and the other one the new; staging and publishing the
 * version again, or deleting its document, brings them together.
 */
public final class CombinedSearchIndex implements SearchIndex {
    private final SearchIndex words;
    private final SearchIndex meaning;

    private CombinedSearchIndex(SearchIndex words, SearchIndex meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /**
     * Combines two, which are closed with it.
     *
     * @param words is searched by words
     * @param meaning is searched by meaning
     * @throws IllegalArgumentException if one can't be searched that way, or they are the same one
     */
    public static CombinedSearchIndex of(SearchIndex words, SearchIndex meaning) {
        require(words, "words", Retriever.WORDS);
        require(meaning, "meaning", Retriever.MEANING);
        if (Objects.equals(words, meaning)) {
            throw new IllegalArgumentException(
                    "words and meaning must be two indexes; one that has both needs no other");
        }
        return new CombinedSearchIndex(words, meaning);
    }

    private static void require(SearchIndex index, String name, Retriever retriever) {
        if (!index.retrievers().contains(retriever)) {
            throw new IllegalArgumentException(
                    name + " must be searched by " + retriever + ", is by " + index.retrievers());
        }
    }

    @Override
    public Set<Retriever> retrievers() {
        return Set.of(Retriever.WORDS, Retriever.MEANING);
    }

    @Override
    public boolean publishesAtomically() {
        return false;
    }

    @Override
    public void prepare(IndexName index, VectorSpace space) {
        meaning.prepare(index, space);
    }

    @Override
    public Optional<VectorSpace> space(IndexName index) {
        return meaning.space(index);
    }

    /** A version that only one has published, after a crash, is staged in the other one. */
    @Override
    public void stage(IndexName index, List<Passage> passages) {
        Optional<StudioException> conflict = stage(meaning, index, passages);
        List<Passage> bare = passages.stream().map(CombinedSearchIndex::bare).toList();
        Optional<StudioException> other = stage(words, index, bare);
        if (conflict.isPresent() && other.isPresent()) {
            throw conflict.get();
        }
    }

    private static Optional<StudioException> stage(SearchIndex part, IndexName index, List<Passage> passages) {
        try {
            part.stage(index, passages);
            return Optional.empty();
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private static Passage bare(Passage passage) {
        return new Passage(passage.key(), passage.text(), passage.context(), passage.language(), passage.attributes());
    }

    @Override
    public void publish(IndexName index, List<PassageKey.Version> versions) {
        meaning.publish(index, versions);
        words.publish(index, versions);
    }

    @Override
    public void discard(IndexName index, PassageKey.Version version) {
        meaning.discard(index, version);
        words.discard(index, version);
    }

    @Override
    public void delete(IndexName index, Set<String> documents) {
        meaning.delete(index, documents);
        words.delete(index, documents);
    }

    @Override
    public void drop(IndexName index) {
        meaning.drop(index);
        words.drop(index);
    }

    @Override
    public List<VersionStatus> versions(IndexName index) {
        Map<PassageKey.Version, VersionStatus> others = new HashMap<>();
        words.versions(index).forEach(status -> others.put(status.version(), status));
        Map<String, VersionStatus> all = new TreeMap<>();
        for (VersionStatus status : meaning.versions(index)) {
            VersionStatus other = others.remove(status.version());
            all.put(key(status), other == null ? alone(status) : both(status, other));
        }
        others.values().forEach(status -> all.put(key(status), alone(status)));
        return List.copyOf(all.values());
    }

    /** Sorts by document, then version: '!' is in neither, and before every letter they may have. */
    private static String key(VersionStatus status) {
        return status.version().document() + "!" + status.version().version();
    }

    private static VersionStatus both(VersionStatus one, VersionStatus other) {
        return new VersionStatus(
                one.version(), one.isPublished() && other.isPublished(), Math.min(one.passages(), other.passages()));
    }

    private static VersionStatus alone(VersionStatus status) {
        return new VersionStatus(status.version(), false, 0);
    }

    @Override
    public List<Passage> passages(IndexName index, PassageKey.Version version, int from, int limit) {
        List<Passage> found = words.passages(index, version, from, limit);
        return found.isEmpty() ? meaning.passages(index, version, from, limit) : found;
    }

    @Override
    public List<SearchHit> search(IndexName index, SearchRequest request, Cancellation cancellation) {
        boolean byWords = request.target() instanceof SearchRequest.Words;
        return (byWords ? words : meaning).search(index, request, cancellation);
    }

    /** Closes both. */
    @Override
    public void close() {
        try {
            meaning.close();
        } finally {
            words.close();
        }
    }
}
