package dev.datastudio.agents.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.GraphVersion;
import dev.datastudio.agents.graph.StoredGraph;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.PortValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The graphs of one tenant in the metadata store: what a list shows of each in an entry, apart from the graph itself, which
 * may be large. Thread-safe.
 */
public final class GraphStore {
    private static final String KIND = "graph";
    private static final String CONTENT = "graph-content";
    private static final String VERSION = "graph-version";
    private static final int TRIES = 20;
    private static final int MAX_CHANGES = 500;

    private final MetadataStore store;
    private final EntryCollection<Head> heads;
    private final EntryCollection<GraphVersion> versions;
    private final String tenant;

    public GraphStore(MetadataStore store, String tenant) {
        this.store = store;
        this.tenant = tenant;
        this.heads = new EntryCollection<>(store, tenant, KIND, GraphStore::head);
        this.versions = new EntryCollection<>(store, tenant, VERSION, GraphStore::version);
    }

    /** What a list shows, and the revision of the entry that holds it. */
    private record Head(StoredGraph graph, long entry) {}

    public long count() {
        return store.count(heads.query());
    }

    public GraphPage<StoredGraph> list(int limit, String after) {
        EntryPage page = store.list(heads.query()
                .orderedBy(EntryQuery.Order.CHANGED_LAST_FIRST)
                .limitedTo(limit)
                .after(after));
        return new GraphPage<>(
                page.entries().stream().map(entry -> heads.read(entry).graph()).toList(), page.next());
    }

    public Optional<StoredGraph> find(String id) {
        return heads.find(id).map(Head::graph);
    }

    /** The draft of a graph that is there. */
    public Optional<SavedGraph> draft(String id) {
        return content(id + "/draft");
    }

    public Optional<SavedGraph> version(String id, int number) {
        return content(id + "/" + number);
    }

    private Optional<SavedGraph> content(String name) {
        return store.find(new EntryKey(tenant, CONTENT, name))
                .map(entry -> SavedGraph.from(PortValue.object(entry.body())));
    }

    private EntryChange keep(String name, SavedGraph graph) {
        return EntryChange.put(new EntryKey(tenant, CONTENT, name), graph.json().toJson(), Map.of());
    }

    /** Keeps a graph that is not there yet. */
    public void insert(StoredGraph graph, SavedGraph draft) {
        store.apply(List.of(
                EntryChange.insert(heads.key(graph.id()), body(graph), Map.of()), keep(graph.id() + "/draft", draft)));
    }

    /** Replaces a draft that still has the revision it was read in; empty when the graph is gone. */
    public Optional<StoredGraph> save(
            String id, long revision, SavedGraph draft, BiFunction<StoredGraph, SavedGraph, StoredGraph> changed) {
        return change(id, head -> {
            if (head.revision() != revision) {
                throw new StudioException(
                        ErrorCode.ENTRY_CONFLICT,
                        "The graph " + StudioException.quote(head.name()) + " was saved by "
                                + StudioException.quote(head.changedBy()) + " meanwhile: it is at revision "
                                + head.revision() + ", not " + revision,
                        "Load it again and make the change there, or save yours as another graph");
            }
            StoredGraph next = changed.apply(head, draft);
            return new Change(next, List.of(keep(id + "/draft", draft)));
        });
    }

    /** Makes a version of the draft; empty when the graph is gone. */
    public Optional<GraphVersion> publish(String id, String note, String user, Instant at) {
        GraphVersion[] made = new GraphVersion[1];
        return change(id, head -> {
                    int number = head.publishedVersion().orElse(0) + 1;
                    SavedGraph draft = draft(id).orElseThrow().withHead("version", number);
                    GraphVersion version = new GraphVersion(number, head.name(), note, head.nodeCount(), user, at);
                    made[0] = version;
                    StoredGraph next = new StoredGraph(
                            head.id(),
                            head.name(),
                            head.description(),
                            head.nodeCount(),
                            head.revision(),
                            OptionalInt.of(number),
                            head.createdBy(),
                            head.changedBy(),
                            head.createdAt(),
                            head.updatedAt());
                    return new Change(
                            next,
                            List.of(
                                    keep(id + "/" + number, draft),
                                    EntryChange.insert(
                                            versions.key(id + "/" + number), body(version), Map.of("graph", id))));
                })
                .map(done -> made[0]);
    }

    private record Change(StoredGraph next, List<EntryChange> more) {}

    /** Changes a head together with other entries; again when somebody else was faster. */
    private Optional<StoredGraph> change(String id, Function<StoredGraph, Change> work) {
        for (int tries = 1; ; tries++) {
            Optional<Head> head = heads.find(id);
            if (head.isEmpty()) {
                return Optional.empty();
            }
            Change change = work.apply(head.get().graph());
            List<EntryChange> all = new ArrayList<>(change.more());
            all.add(EntryChange.update(heads.key(id), head.get().entry(), body(change.next()), Map.of()));
            try {
                store.apply(all);
                return Optional.of(change.next());
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The versions of a graph, the newest first. */
    public List<GraphVersion> versions(String id) {
        return versions.all(versions.query().where("graph", id)).stream()
                .sorted((one, other) -> Integer.compare(other.number(), one.number()))
                .toList();
    }

    public Optional<GraphVersion> findVersion(String id, int number) {
        return versions.find(id + "/" + number);
    }

    /** Removes a graph with its versions; whether it was there. */
    public boolean delete(String id) {
        Optional<Head> head = heads.find(id);
        if (head.isEmpty()) {
            return false;
        }
        List<EntryChange> gone = new ArrayList<>();
        gone.add(EntryChange.delete(heads.key(id)));
        gone.add(EntryChange.delete(new EntryKey(tenant, CONTENT, id + "/draft")));
        for (GraphVersion version : versions(id)) {
            gone.add(EntryChange.delete(versions.key(id + "/" + version.number())));
            gone.add(EntryChange.delete(new EntryKey(tenant, CONTENT, id + "/" + version.number())));
        }
        for (int from = 0; from < gone.size(); from += MAX_CHANGES) {
            store.apply(gone.subList(from, Math.min(gone.size(), from + MAX_CHANGES)));
        }
        return true;
    }

    private static String body(StoredGraph graph) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", graph.name());
        body.put("description", graph.description());
        body.put("nodes", graph.nodeCount());
        body.put("revision", graph.revision());
        body.put("published", graph.publishedVersion().orElse(0));
        body.put("createdBy", graph.createdBy());
        body.put("changedBy", graph.changedBy());
        body.put("createdAt", graph.createdAt().toString());
        body.put("updatedAt", graph.updatedAt().toString());
        return Values.of(body).toJson();
    }

    private static Head head(Entry entry, JsonNode json) {
        int published = json.path("published").asInt();
        return new Head(
                new StoredGraph(
                        entry.key().id(),
                        json.path("name").asText(),
                        json.path("description").asText(),
                        json.path("nodes").asInt(),
                        json.path("revision").asLong(),
                        published == 0 ? OptionalInt.empty() : OptionalInt.of(published),
                        json.path("createdBy").asText(),
                        json.path("changedBy").asText(),
                        instant(json, "createdAt"),
                        instant(json, "updatedAt")),
                entry.revision());
    }

    private static Instant instant(JsonNode json, String name) {
        try {
            return Instant.parse(json.path(name).asText());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + name + "' is no time", e);
        }
    }

    private static String body(GraphVersion version) {
        return Values.of(Map.of(
                        "number", version.number(),
                        "name", version.name(),
                        "note", version.note(),
                        "nodes", version.nodeCount(),
                        "createdBy", version.createdBy(),
                        "createdAt", version.createdAt().toString()))
                .toJson();
    }

    private static GraphVersion version(Entry entry, JsonNode json) {
        return new GraphVersion(
                json.path("number").asInt(),
                json.path("name").asText(),
                json.path("note").asText(),
                json.path("nodes").asInt(),
                json.path("createdBy").asText(),
                instant(json, "createdAt"));
    }
}
