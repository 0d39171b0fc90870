package dev.datastudio.rag.retrieve;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.search.VersionStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An index that finds what it was told, whatever it is asked; for tests of what is done with hits. */
final class FoundHits implements SearchIndex {
    private static final float[] NO_VECTOR = {};

    private final Map<Retriever, List<SearchHit>> found = new EnumMap<>(Retriever.class);
    private final List<SearchRequest> asked = new ArrayList<>();
    private final Optional<VectorSpace> space;

    FoundHits(VectorSpace space) {
        this.space = Optional.of(space);
    }

    FoundHits() {
        this.space = Optional.empty();
    }

    FoundHits finds(Retriever retriever, SearchHit... hits) {
        found.put(retriever, List.of(hits));
        return this;
    }

    /** Everything it was asked, in order. */
    List<SearchRequest> asked() {
        return asked;
    }

    static SearchHit hit(String document, double score) {
        return hit(document, 0, "text of " + document, score);
    }

    static SearchHit hit(String document, int ordinal, String text, double score) {
        PassageKey key = new PassageKey(new PassageKey.Version(document, "v1"), ordinal);
        return new SearchHit(new Passage(key, text, "", "en", Map.of(), NO_VECTOR), score);
    }

    @Override
    public Set<Retriever> retrievers() {
        return found.keySet();
    }

    @Override
    public Optional<VectorSpace> space(IndexName index) {
        return space;
    }

    @Override
    public List<SearchHit> search(IndexName index, SearchRequest request, Cancellation cancellation) {
        asked.add(request);
        Retriever retriever = request.target() instanceof SearchRequest.Words ? Retriever.WORDS : Retriever.MEANING;
        List<SearchHit> hits = found.getOrDefault(retriever, List.of());
        return hits.subList(0, Math.min(request.limit(), hits.size()));
    }

    @Override
    public boolean publishesAtomically() {
        return true;
    }

    @Override
    public void prepare(IndexName index, VectorSpace wanted) {
        throw readOnly();
    }

    @Override
    public void stage(IndexName index, List<Passage> passages) {
        throw readOnly();
    }

    @Override
    public void publish(IndexName index, List<PassageKey.Version> versions) {
        throw readOnly();
    }

    @Override
    public void discard(IndexName index, PassageKey.Version version) {
        throw readOnly();
    }

    @Override
    public void delete(IndexName index, Set<String> documents) {
        throw readOnly();
    }

    @Override
    public void drop(IndexName index) {
        throw readOnly();
    }

    @Override
    public List<VersionStatus> versions(IndexName index) {
        throw readOnly();
    }

    @Override
    public List<Passage> passages(IndexName index, PassageKey.Version version, int from, int limit) {
        throw readOnly();
    }

    @Override
    public void close() {}

    private static IllegalStateException readOnly() {
        return new IllegalStateException("These hits can only be found");
    }
}
