package dev.datastudio.testkit.search;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Opens the index under test, and words for what the contract does with it. */
abstract class SearchIndexFixture {
    static final IndexName DOCS = new IndexName("acme", "documents");
    static final VectorSpace SPACE = new VectorSpace("test-model", 4);

    private final List<SearchIndex> opened = new ArrayList<>();

    /** Opens the storage of this test, which is empty before the first time; closed after the test. */
    protected abstract SearchIndex open() throws Exception;

    @BeforeEach
    void openFirst() throws Exception {
        openAnother();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(SearchIndex::close);
        opened.clear();
    }

    final SearchIndex index() {
        return opened.get(0);
    }

    final SearchIndex openAnother() throws Exception {
        SearchIndex index = open();
        opened.add(index);
        return index;
    }

    /** What a new process would see. */
    final SearchIndex reopened() throws Exception {
        closeAll();
        return openAnother();
    }

    final void requireWords() {
        Assumptions.assumeTrue(index().retrievers().contains(Retriever.WORDS), "this index is not searched by words");
    }

    final void requireMeaning() {
        Assumptions.assumeTrue(
                index().retrievers().contains(Retriever.MEANING), "this index is not searched by meaning");
    }

    static PassageKey.Version version(String document, String version) {
        return new PassageKey.Version(document, version);
    }

    static Passage passage(PassageKey.Version version, int ordinal, String text) {
        return passage(version, ordinal, text, Map.of());
    }

    static Passage passage(PassageKey.Version version, int ordinal, String text, Map<String, Object> attributes) {
        return new Passage(new PassageKey(version, ordinal), text, "", "en", attributes);
    }

    static Passage passage(PassageKey.Version version, int ordinal, String text, float... vector) {
        return new Passage(new PassageKey(version, ordinal), text, "", "en", Map.of(), vector);
    }

    /** Publishes a document of some passages. */
    final PassageKey.Version put(String document, String version, String... texts) {
        PassageKey.Version named = stage(document, version, texts);
        index().publish(DOCS, List.of(named));
        return named;
    }

    final PassageKey.Version stage(String document, String version, String... texts) {
        PassageKey.Version named = version(document, version);
        List<Passage> passages = new ArrayList<>();
        for (String text : texts) {
            passages.add(passage(named, passages.size(), text));
        }
        index().stage(DOCS, passages);
        return named;
    }

    final void putPassages(Passage... passages) {
        index().stage(DOCS, List.of(passages));
        index().publish(DOCS, List.of(passages[0].key().version()));
    }

    /** Every passage that a filter lets through, by their versions and ordinals. */
    static List<String> texts(SearchIndex index, IndexName name) {
        return index.versions(name).stream()
                .filter(status -> status.isPublished())
                .flatMap(status -> index.passages(name, status.version(), 0, 1_000).stream())
                .map(Passage::text)
                .toList();
    }

    final List<String> texts() {
        return texts(index(), DOCS);
    }

    static List<SearchHit> byWords(SearchIndex index, String text, SearchFilter filter, int limit) {
        return index.search(
                DOCS, new SearchRequest(new SearchRequest.Words(text, "en"), filter, limit), Cancellation.none());
    }

    final List<String> found(String text) {
        return found(byWords(index(), text, SearchFilter.ALL, 100));
    }

    final List<String> found(String text, SearchFilter filter) {
        return found(byWords(index(), text, filter, 100));
    }

    static List<SearchHit> byMeaning(SearchIndex index, SearchFilter filter, int limit, float... vector) {
        return index.search(
                DOCS, new SearchRequest(new SearchRequest.Meaning(vector), filter, limit), Cancellation.none());
    }

    static List<String> found(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.passage().text()).toList();
    }
}
