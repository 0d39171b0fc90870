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
import dev.datastudio.rag.index.internal.ChromaClient;
import dev.datastudio.rag.index.internal.ChromaCollection;
import dev.datastudio.rag.index.internal.ChromaHttp;
import dev.datastudio.rag.index.internal.ChromaRecord;
import dev.datastudio.rag.index.internal.ChromaWhere;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A search index on a Chroma server (1.0 or later, API v2), by meaning only; {@link CombinedSearchIndex} adds words.
 *
 * <p>Each tenant has a database of its own, and each index a few collections there, made when first needed. The model
 * and the dimension are kept with the vectors.
 *
 * <p>Chroma has no transactions, so {@link #publish} is not one step: it makes the passages of the new version findable,
 * says in a register that all of them are, and only then takes away those of the other versions. Whenever it breaks off,
 * the old version can be found or both can, and publishing again finishes the work. A version of which some passages are
 * findable counts as staged.
 *
 * <p>Requests that fail for a moment are sent again. A filter takes 30,000 values at most. Thread-safe.
 */
public final class ChromaSearchIndex implements SearchIndex {
    private static final String MODEL = "model";
    private static final String DIMENSION = "dimension";
    private static final int AT_ONCE = 1_000;

    private final ChromaClient client;
    private final String prefix;

    private ChromaSearchIndex(ChromaClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /**
     * The index on a server that asks for no token; nothing is sent before it is needed.
     *
     * @param server such as {@code http://localhost:8000}
     * @throws StudioException as {@link ChromaOptions#ChromaOptions}
     */
    public static ChromaSearchIndex at(URI server) {
        return open(ChromaOptions.at(server));
    }

    /** The index on a server; nothing is sent before it is needed. */
    public static ChromaSearchIndex open(ChromaOptions options) {
        ChromaHttp http = new ChromaHttp(options.server(), options.headers(), options.timeout());
        return new ChromaSearchIndex(new ChromaClient(http, options.tenant()), options.databasePrefix());
    }

    @Override
    public Set<Retriever> retrievers() {
        return Set.of(Retriever.MEANING);
    }

    @Override
    public boolean publishesAtomically() {
        return false;
    }

    @Override
    public void prepare(IndexName index, VectorSpace space) {
        ChromaNames names = names(index);
        Map<String, Object> metadata = Map.of(MODEL, space.model(), DIMENSION, (long) space.dimension());
        VectorSpace held = space(index, client.findOrMake(names.database(), names.meaning(), metadata));
        if (!held.equals(space)) {
            throw new StudioException(
                    ErrorCode.INDEX_MODEL_MISMATCH,
                    "The search index " + StudioException.quote(index) + " holds vectors of the model "
                            + StudioException.quote(held.model()) + " with " + held.dimension()
                            + " numbers, not of " + StudioException.quote(space.model()) + " with "
                            + space.dimension(),
                    "Go on with that model, or drop the index and read the documents in again");
        }
    }

    @Override
    public Optional<VectorSpace> space(IndexName index) {
        return meaning(names(index)).map(collection -> space(index, collection));
    }

    private static VectorSpace space(IndexName index, ChromaCollection collection) {
        Map<String, Object> metadata = collection.metadata();
        if (metadata.get(MODEL) instanceof String model && metadata.get(DIMENSION) instanceof Long dimension) {
            try {
                return new VectorSpace(model, Math.toIntExact(dimension));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw ChromaPassages.damaged(index.toString(), e);
            }
        }
        throw ChromaPassages.damaged(index.toString(), new IllegalArgumentException("no model or no dimension"));
    }

    @Override
    public void stage(IndexName index, List<Passage> passages) {
        PassageKey.Version version = StagedBatch.requireOne(passages);
        ChromaNames names = names(index);
        Optional<ChromaCollection> meaning = meaning(names);
        StagedBatch.requireSpace(passages, () -> meaning.map(held -> space(index, held)));
        ChromaRegister register =
                new ChromaRegister(client.findOrMake(names.database(), names.register(), Map.of("kind", "versions")));
        Optional<ChromaRegister.Entry> entry = register.find(version);
        if (entry.isPresent() && entry.get().isPublished()) {
            throw new StudioException(
                    ErrorCode.ENTRY_CONFLICT,
                    "Version " + StudioException.quote(version) + " is published already",
                    "Put another content in as another version");
        }
        if (entry.isEmpty()) {
            register.write(List.of(new ChromaRegister.Entry(version, false, 0)));
        }
        Map<String, ChromaRecord> vectors = new LinkedHashMap<>();
        Map<String, ChromaRecord> others = new LinkedHashMap<>();
        for (Passage passage : passages) {
            String id = passage.key().toString();
            vectors.remove(id);
            others.remove(id);
            passage.meaning()
                    .ifPresentOrElse(
                            v -> vectors.put(id, ChromaPassages.staged(passage, UnitVectors.of(v))),
                            () -> others.put(id, ChromaPassages.staged(passage, ChromaRegister.placeholder(id))));
        }
        Optional<ChromaCollection> plain = others.isEmpty()
                ? plain(names)
                : Optional.of(client.findOrMake(names.database(), names.plain(), Map.of("kind", "plain")));
        meaning.ifPresent(held -> replace(held, vectors, others));
        plain.ifPresent(held -> replace(held, others, vectors));
    }

    private static void replace(
            ChromaCollection collection, Map<String, ChromaRecord> records, Map<String, ChromaRecord> elsewhere) {
        collection.upsert(List.copyOf(records.values()));
        collection.delete(List.copyOf(elsewhere.keySet()));
    }

    @Override
    public void publish(IndexName index, List<PassageKey.Version> versions) {
        StagedBatch.requireDifferentDocuments(versions);
        ChromaNames names = names(index);
        Optional<ChromaRegister> register = register(names);
        if (register.isPresent()) {
            List<ChromaCollection> collections = collections(names);
            for (int from = 0; from < versions.size(); from += AT_ONCE) {
                int to = Math.min(versions.size(), from + AT_ONCE);
                publish(versions.subList(from, to), register.get(), collections);
            }
        }
    }

    /** In this order, so that breaking off anywhere leaves the old version, or both. */
    private static void publish(
            List<PassageKey.Version> versions, ChromaRegister register, List<ChromaCollection> collections) {
        List<PassageKey.Version> fresh = register.find(versions).stream()
                .filter(entry -> !entry.isPublished())
                .map(ChromaRegister.Entry::version)
                .toList();
        if (!fresh.isEmpty()) {
            Map<String, Long> counts = new HashMap<>();
            for (ChromaCollection collection : collections) {
                collection.set(ChromaPassages.of(fresh), ChromaPassages.PUBLISHED, true);
                collection
                        .ids(ChromaPassages.of(fresh))
                        .forEach(id -> counts.merge(ChromaPassages.key(id), 1L, Long::sum));
            }
            register.write(fresh.stream()
                    .filter(version -> counts.containsKey(version.toString()))
                    .map(version ->
                            new ChromaRegister.Entry(version, true, counts.getOrDefault(version.toString(), 0L)))
                    .toList());
            register.remove(fresh.stream()
                    .filter(version -> !counts.containsKey(version.toString()))
                    .toList());
        }
        if (register.hasOthers(versions)) {
            collections.forEach(collection -> collection.delete(ChromaPassages.otherThan(versions)));
            register.removeOthers(versions);
        }
    }

    @Override
    public void discard(IndexName index, PassageKey.Version version) {
        ChromaNames names = names(index);
        Optional<ChromaRegister> register = register(names);
        Optional<ChromaRegister.Entry> entry = register.flatMap(held -> held.find(version));
        if (entry.isPresent() && !entry.get().isPublished()) {
            collections(names).forEach(collection -> collection.delete(ChromaPassages.of(version)));
            register.get().remove(List.of(version));
        }
    }

    @Override
    public void delete(IndexName index, Set<String> documents) {
        ChromaNames names = names(index);
        List<ChromaCollection> collections = collections(names);
        Optional<ChromaRegister> register = register(names);
        List<String> all = List.copyOf(documents);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            collections.forEach(collection -> collection.delete(ChromaPassages.ofAny(some)));
            register.ifPresent(held -> held.removeAll(some));
        }
    }

    /** The register goes last: while it is there, what is left of a broken drop can be seen and dropped again. */
    @Override
    public void drop(IndexName index) {
        ChromaNames names = names(index);
        client.drop(names.database(), names.meaning());
        client.drop(names.database(), names.plain());
        client.drop(names.database(), names.register());
    }

    @Override
    public List<VersionStatus> versions(IndexName index) {
        ChromaNames names = names(index);
        List<ChromaRegister.Entry> entries =
                register(names).map(ChromaRegister::all).orElse(List.of());
        boolean isStagedThere = entries.stream().anyMatch(entry -> !entry.isPublished());
        List<ChromaCollection> collections = isStagedThere ? collections(names) : List.of();
        List<VersionStatus> statuses = new ArrayList<>();
        for (ChromaRegister.Entry entry : entries) {
            long passages = entry.passages();
            if (!entry.isPublished()) {
                passages = collections.stream()
                        .mapToLong(held ->
                                held.ids(ChromaPassages.of(entry.version())).size())
                        .sum();
            }
            if (passages > 0) {
                statuses.add(new VersionStatus(entry.version(), entry.isPublished(), passages));
            }
        }
        return statuses.stream().sorted(StagedBatch.BY_VERSION).toList();
    }

    @Override
    public List<Passage> passages(IndexName index, PassageKey.Version version, int from, int limit) {
        StagedBatch.requirePart(from, limit);
        ChromaNames names = names(index);
        boolean isPublished = register(names)
                .flatMap(held -> held.find(version))
                .filter(ChromaRegister.Entry::isPublished)
                .isPresent();
        if (!isPublished) {
            return List.of();
        }
        List<ChromaCollection> collections = collections(names);
        List<String> ids = ids(collections, version, from, (long) from + limit - 1);
        if (ids.size() < limit) {
            ids = ids(collections, version, from, Integer.MAX_VALUE); // ordinals may have gaps
        }
        List<String> wanted = ids.subList(0, Math.min(limit, ids.size()));
        return collections.stream()
                .flatMap(collection -> collection.byIds(wanted).stream())
                .map(ChromaPassages::passage)
                .sorted(Comparator.comparing(passage -> passage.key().ordinal()))
                .toList();
    }

    private static List<String> ids(
            List<ChromaCollection> collections, PassageKey.Version version, long from, long to) {
        return collections.stream()
                .flatMap(collection -> collection.ids(ChromaPassages.between(version, from, to)).stream())
                .sorted(Comparator.comparing(id -> ChromaPassages.ordinal(version, id)))
                .toList();
    }

    @Override
    public List<SearchHit> search(IndexName index, SearchRequest request, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        if (!(request.target() instanceof SearchRequest.Meaning target)) {
            throw new IllegalArgumentException(
                    "This index is searched by meaning only; use CombinedSearchIndex for both");
        }
        Optional<ChromaCollection> meaning = meaning(names(index));
        if (meaning.isEmpty()) {
            return List.of();
        }
        int dimension = space(index, meaning.get()).dimension();
        if (target.vector().length != dimension) {
            throw new IllegalArgumentException(
                    "The vector must have " + dimension + " numbers, has " + target.vector().length);
        }
        UnitVectors.requireFinite(target.vector(), "the question");
        ChromaFilter filter = ChromaFilter.of(request.filter());
        return filter.isNone()
                ? List.of()
                : new ChromaNearest(
                                meaning.get(),
                                UnitVectors.of(target.vector()),
                                filter.and(ChromaWhere.is(ChromaPassages.PUBLISHED, true)),
                                cancellation)
                        .hits(request.limit());
    }

    /** Connections are closed when they have been idle for a while. */
    @Override
    public void close() {}

    private ChromaNames names(IndexName index) {
        return ChromaNames.of(prefix, index);
    }

    private Optional<ChromaCollection> meaning(ChromaNames names) {
        return client.find(names.database(), names.meaning());
    }

    private Optional<ChromaCollection> plain(ChromaNames names) {
        return client.find(names.database(), names.plain());
    }

    private Optional<ChromaRegister> register(ChromaNames names) {
        return client.find(names.database(), names.register()).map(ChromaRegister::new);
    }

    /** Those with passages. */
    private List<ChromaCollection> collections(ChromaNames names) {
        List<ChromaCollection> collections = new ArrayList<>();
        meaning(names).ifPresent(collections::add);
        plain(names).ifPresent(collections::add);
        return collections;
    }
}
