package dev.datastudio.rag.schema;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.profile.ColumnProfile;
import dev.datastudio.core.profile.Profiles;
import dev.datastudio.core.schema.FoundTable;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.schema.internal.TableDescription;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Visibility;
import dev.datastudio.rag.retrieve.RetrievalRequest;
import dev.datastudio.rag.retrieve.RetrievedPassage;
import dev.datastudio.rag.retrieve.Retriever;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes the tables of a caller, a passage each, in the collection {@code schema} of the tenant's search index: their
 * own data sets, and the tables of the databases that the tenant connected. A question then finds the tables that it is
 * about. A data set is found by its user only, a table of a database by everybody of the tenant.
 *
 * <p>A description holds names, types, roles, units, the number of rows, relations, and of columns of a few categories
 * the most frequent values; none of columns that look as if they told of people. Of databases no row is read here; what
 * {@link TableDocs} say of a table is a part of its description. An embedder
 * may read the beginning of the description of a wide table only; its words are all found. Thread-safe.
 */
public final class SchemaDocuments {
    private static final String COLLECTION = "schema";
    private static final String FORMAT = "1";
    private static final String SOURCE = "source";
    private static final String TABLE = "table_name";
    private static final int HASH_DIGITS = 24;
    private static final int BATCH = 32;

    private final Studio studio;
    private final Caller caller;
    private final IndexName name;
    private final SearchIndex index;
    private final Retriever retriever;
    private final @Nullable Embedder embedder;

    private SchemaDocuments(
            Studio studio, Caller caller, SearchIndex index, Retriever retriever, @Nullable Embedder embedder) {
        this.studio = Objects.requireNonNull(studio, "studio");
        this.caller = Objects.requireNonNull(caller, "caller");
        this.name = new IndexName(caller.tenant(), COLLECTION);
        this.index = Objects.requireNonNull(index, "index");
        this.retriever = Objects.requireNonNull(retriever, "retriever");
        this.embedder = embedder;
    }

    /**
     * The descriptions of a caller's tables in an index.
     *
     * @param retriever searches that index, with the same embedder
     * @param embedder gives descriptions their vectors; null for an index that is searched by words only
     */
    public static SchemaDocuments of(
            Studio studio, Caller caller, SearchIndex index, Retriever retriever, @Nullable Embedder embedder) {
        return new SchemaDocuments(studio, caller, index, retriever, embedder);
    }

    /** As {@link #refresh(ProgressListener, Cancellation)}, without listening. */
    public SchemaRefresh refresh() {
        return refresh(ProgressListener.NONE, Cancellation.none());
    }

    /**
     * Describes what is new or changed, and removes what is gone. Connects to each database of the tenant; one that
     * can't be reached keeps its descriptions. Of a data set that is new, the values of its columns are looked at once.
     *
     * @throws StudioException {@link ErrorCode#INDEX_MODEL_MISMATCH}, {@link ErrorCode#CANCELLED}, and what the index
     *     and the embedder throw
     */
    public SchemaRefresh refresh(ProgressListener progress, Cancellation cancellation) {
        Map<String, Described> tables = new LinkedHashMap<>();
        Set<String> kept = new HashSet<>();
        List<String> warnings = new ArrayList<>();
        describeDatasets(tables, cancellation);
        describeSources(tables, kept, warnings, cancellation);
        return bring(
                tables, id -> isMine(id) && kept.stream().noneMatch(id::startsWith), warnings, progress, cancellation);
    }

    /**
     * As {@link #refresh(ProgressListener, Cancellation)}, with the tables of one database.
     *
     * @throws StudioException also {@link ErrorCode#SOURCE_NOT_FOUND}, and when the database can't be reached
     */
    public SchemaRefresh refresh(SourceId id, ProgressListener progress, Cancellation cancellation) {
        Source source = studio.sources().as(caller).get(id);
        Map<String, Described> tables = new LinkedHashMap<>();
        describe(source, tables, cancellation);
        String prefix = sourcePrefix(source);
        return bring(tables, document -> document.startsWith(prefix), List.of(), progress, cancellation);
    }

    /** Forgets a data set of the caller that was deleted, unless another version of its name is there. */
    public void forget(Dataset deleted) {
        if (studio.datasets().as(caller).find(deleted.name()).isEmpty()) {
            index.delete(name, Set.of(datasetPrefix() + hash(deleted.name())));
        }
    }

    /** Forgets all data sets of the caller, as when they go; databases are the tenant's. */
    public void forgetDatasets() {
        Set<String> own = index.versions(name).stream()
                .map(status -> status.version().document())
                .filter(id -> id.startsWith(datasetPrefix()))
                .collect(Collectors.toSet());
        if (!own.isEmpty()) {
            index.delete(name, own);
        }
    }

    /** Forgets the tables of everybody in the caller's tenant, as when it goes. */
    public void forgetTenant() {
        index.drop(name);
    }

    /** Puts what changed into the index, and takes out what is in charge of this and is not there any more. */
    private SchemaRefresh bring(
            Map<String, Described> tables,
            Predicate<String> inCharge,
            List<String> warnings,
            ProgressListener progress,
            Cancellation cancellation) {
        Set<String> gone = new TreeSet<>();
        Set<PassageKey.Version> published = new HashSet<>();
        for (VersionStatus status : index.versions(name)) {
            String id = status.version().document();
            if (status.isPublished()) {
                published.add(status.version());
            }
            if (!tables.containsKey(id) && inCharge.test(id)) {
                gone.add(id);
            }
        }
        List<Described> changed = tables.values().stream()
                .filter(table -> !published.contains(table.version()))
                .toList();
        put(changed, progress, cancellation);
        if (!gone.isEmpty()) {
            index.delete(name, gone);
        }
        return new SchemaRefresh(changed.size(), tables.size() - changed.size(), gone.size(), warnings);
    }

    /** Of other users' data sets nothing is known here, so that they are left alone. */
    private boolean isMine(String id) {
        return id.startsWith(datasetPrefix()) || id.startsWith("s");
    }

    private void describeDatasets(Map<String, Described> tables, Cancellation cancellation) {
        Datasets datasets = studio.datasets().as(caller);
        Map<String, Dataset> newest = newest(datasets);
        Map<TableRef, List<String>> relations = relations(newest.values());
        newest.forEach((id, dataset) -> {
            cancellation.throwIfCancelled();
            TableRef ref = TableRef.dataset(dataset.table());
            List<String> own = relations.getOrDefault(ref, List.of());
            PassageKey.Version version = new PassageKey.Version(
                    id,
                    hash(FORMAT, dataset.contentHash(), dataset.name(), TableDescription.of(dataset, Map.of(), own)));
            tables.put(
                    id,
                    new Described(
                            version,
                            ref,
                            dataset.name(),
                            Visibility.PRIVATE,
                            () -> TableDescription.of(dataset, profiles(datasets, dataset, cancellation), own)));
        });
    }

    private Map<String, Dataset> newest(Datasets datasets) {
        Map<String, Dataset> newest = new LinkedHashMap<>();
        for (Dataset dataset : datasets.list()) {
            newest.merge(
                    datasetPrefix() + hash(dataset.name()),
                    dataset,
                    (one, other) -> one.version() >= other.version() ? one : other);
        }
        return newest;
    }

    private String datasetPrefix() {
        return "d" + hash(caller.user()) + "-";
    }

    private static String sourcePrefix(Source source) {
        return "s" + hash(source.id().toString()) + "-";
    }

    private static Map<String, ColumnProfile> profiles(Datasets datasets, Dataset dataset, Cancellation cancellation) {
        Set<String> shown = dataset.columns().stream()
                .filter(column -> TableDescription.mayShowExamples(column, dataset.rowCount()))
                .map(Column::name)
                .collect(Collectors.toSet());
        Map<String, ColumnProfile> profiles = new HashMap<>();
        if (!shown.isEmpty()) {
            for (ColumnProfile profile : Profiles.of(datasets).compute(dataset, cancellation)) {
                if (shown.contains(profile.name())) {
                    profiles.put(profile.name(), profile);
                }
            }
        }
        return profiles;
    }

    /** What was found or decided before. */
    private Map<TableRef, List<String>> relations(Iterable<Dataset> datasets) {
        Map<TableRef, List<String>> relations = new HashMap<>();
        Set<TableRef> refs = new HashSet<>();
        datasets.forEach(dataset -> refs.add(TableRef.dataset(dataset.table())));
        for (Relation relation : studio.relations().as(caller).list(refs)) {
            if (relation.isUsable()) {
                String line = relation.from() + " refers to " + relation.to();
                add(relations, relation.from().table(), line);
                if (!relation.to().table().equals(relation.from().table())) {
                    add(relations, relation.to().table(), line);
                }
            }
        }
        return relations;
    }

    private static void add(Map<TableRef, List<String>> relations, TableRef table, String line) {
        relations.computeIfAbsent(table, any -> new ArrayList<>()).add(line);
    }

    private void describeSources(
            Map<String, Described> tables, Set<String> kept, List<String> warnings, Cancellation cancellation) {
        Sources sources = studio.sources().as(caller);
        for (Source source : sources.list()) {
            cancellation.throwIfCancelled();
            try {
                describe(source, tables, cancellation);
            } catch (StudioException e) {
                if (e.code() == ErrorCode.CANCELLED) {
                    throw e;
                }
                kept.add(sourcePrefix(source));
                warnings.add(
                        "The tables of " + StudioException.quote(source.spec().name())
                                + " stay as they were described before: " + e.what());
            }
        }
    }

    private void describe(Source source, Map<String, Described> tables, Cancellation cancellation) {
        Map<String, TableDoc> docs = new HashMap<>();
        TableDocs.of(studio.metadata(), caller)
                .list(source.id())
                .forEach(doc -> docs.put(doc.table().table(), doc));
        for (SourceTable table : studio.sources()
                .as(caller)
                .schema(source.id(), ProgressListener.NONE, cancellation)
                .tables()) {
            Described described = described(source, table, docs.get(table.name().toString()));
            tables.put(described.version().document(), described);
        }
    }

    private static Described described(Source source, SourceTable table, @Nullable TableDoc doc) {
        String text = TableDescription.of(source, table, doc);
        String id = sourcePrefix(source) + hash(table.name().toString());
        return new Described(
                new PassageKey.Version(id, hash(FORMAT, text)),
                new TableRef(source.id().toString(), table.name().toString()),
                source.spec().name() + "." + table.name(),
                Visibility.TENANT,
                () -> text);
    }

    private void put(List<Described> changed, ProgressListener progress, Cancellation cancellation) {
        Embedder model = embedder;
        if (model != null && !changed.isEmpty()) {
            index.prepare(name, new VectorSpace(model.model(), model.dimension()));
        }
        for (int from = 0; from < changed.size(); from += BATCH) {
            cancellation.throwIfCancelled();
            progress.onProgress(new Progress("describing tables", from, changed.size(), "tables"));
            put(changed.subList(from, Math.min(changed.size(), from + BATCH)));
        }
    }

    private void put(List<Described> batch) {
        List<String> texts = batch.stream().map(table -> table.text().get()).toList();
        List<float[]> vectors = embedder == null ? List.of() : embedder.embed(texts);
        for (int i = 0; i < batch.size(); i++) {
            stage(passage(batch.get(i), texts.get(i), vectors.isEmpty() ? new float[0] : vectors.get(i)));
        }
        index.publish(name, batch.stream().map(Described::version).toList());
    }

    /** Another process may have published the very same description meanwhile: its version is made of what it says. */
    private void stage(Passage passage) {
        try {
            index.stage(name, List.of(passage));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                throw e;
            }
        }
    }

    private Passage passage(Described table, String text, float[] vector) {
        Passage passage = new DocumentPassage(
                        new PassageKey(table.version(), 0), table.name(), "", text, "en", 0, 0, text.length())
                .toPassage(caller.user(), table.visibility(), vector);
        Map<String, Object> attributes = new HashMap<>(passage.attributes());
        attributes.put(SOURCE, table.ref().source());
        attributes.put(TABLE, table.ref().table());
        return new Passage(passage.key(), text, "", "en", attributes, vector);
    }

    /**
     * The tables that a question may be about, as they were described last; one that was deleted since is left out.
     *
     * @param question not blank
     * @param limit how many at most, 1 to {@link dev.datastudio.api.search.SearchRequest#MAX_LIMIT}
     * @return the best first
     * @throws IllegalArgumentException if the question is blank or the limit out of range
     * @throws StudioException {@link ErrorCode#INDEX_MODEL_MISMATCH}, and what the index and the embedder throw
     */
    public List<FoundTable> find(String question, int limit) {
        return find(TableQuery.everywhere(question).limitedTo(limit), Cancellation.none());
    }

    /**
     * As {@link #find(String, int)}, also in some databases only.
     *
     * @throws StudioException also {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#CANCELLED}
     */
    public List<FoundTable> find(TableQuery query, Cancellation cancellation) {
        Set<String> datasets =
                query.isEverywhere() ? newest(studio.datasets().as(caller)).keySet() : Set.of();
        List<Source> sources = sources(query);
        List<String> prefixes =
                sources.stream().map(SchemaDocuments::sourcePrefix).toList();
        RetrievalRequest request = RetrievalRequest.of(query.question())
                .language("en")
                .filter(filter(query))
                .limit(query.limit())
                .live(version -> datasets.contains(version.document())
                        || prefixes.stream().anyMatch(version.document()::startsWith));
        return retriever.retrieve(name, request, cancellation).passages().stream()
                .map(SchemaDocuments::found)
                .toList();
    }

    private List<Source> sources(TableQuery query) {
        Sources all = studio.sources().as(caller);
        return query.isEverywhere()
                ? all.list()
                : query.sources().stream().map(all::get).toList();
    }

    private SearchFilter filter(TableQuery query) {
        SearchFilter visible = DocumentPassage.visibleTo(caller);
        return query.isEverywhere()
                ? visible
                : SearchFilter.all(
                        visible,
                        new SearchFilter.AnyOf(
                                SOURCE,
                                query.sources().stream()
                                        .<Object>map(SourceId::toString)
                                        .toList()));
    }

    /**
     * Describes what a search would miss: data sets that are new, and databases of which nothing is described yet. An
     * unreachable one is told, unless it is the only one asked for.
     *
     * @return what could not be read, as sentences
     * @throws StudioException as {@link #refresh(SourceId, ProgressListener, Cancellation)}
     */
    public List<String> complete(TableQuery query, Cancellation cancellation) {
        if (query.isEverywhere()) {
            Map<String, Described> tables = new LinkedHashMap<>();
            describeDatasets(tables, cancellation);
            bring(tables, id -> id.startsWith(datasetPrefix()), List.of(), ProgressListener.NONE, cancellation);
        }
        Set<String> known = index.versions(name).stream()
                .filter(VersionStatus::isPublished)
                .map(status -> status.version().document())
                .collect(Collectors.toSet());
        List<String> notes = new ArrayList<>();
        for (Source source : sources(query)) {
            String prefix = sourcePrefix(source);
            if (known.stream().noneMatch(id -> id.startsWith(prefix))) {
                completed(source, query, cancellation).ifPresent(notes::add);
            }
        }
        return notes;
    }

    private Optional<String> completed(Source source, TableQuery query, Cancellation cancellation) {
        try {
            refresh(source.id(), ProgressListener.NONE, cancellation);
            return Optional.empty();
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || query.sources().size() == 1) {
                throw e;
            }
            return Optional.of("The tables of " + StudioException.quote(source.name()) + " are not known: " + e.what());
        }
    }

    private static FoundTable found(RetrievedPassage found) {
        Map<SearchIndex.Retriever, Double> scores = new EnumMap<>(SearchIndex.Retriever.class);
        found.found().forEach((by, place) -> scores.put(by, place.score()));
        Map<String, Object> attributes = found.passage().attributes();
        return new FoundTable(
                new TableRef(String.valueOf(attributes.get(SOURCE)), String.valueOf(attributes.get(TABLE))),
                DocumentPassage.of(found.passage()).name(),
                found.passage().text(),
                found.score(),
                scores);
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * A table to be described.
     *
     * @param version made of all that the text is made of
     * @param text made when it is needed
     */
    private record Described(
            PassageKey.Version version, TableRef ref, String name, Visibility visibility, Supplier<String> text) {}
}
