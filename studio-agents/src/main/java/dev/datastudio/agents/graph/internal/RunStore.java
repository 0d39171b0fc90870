package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.PortValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs of graphs in the metadata store, each user's own; what they run, as it was when they began; and what each node of
 * a graph gave last. Thread-safe.
 */
final class RunStore {
    private static final String RUN = "graph-run";
    private static final String NODES = "graph-run-nodes";
    private static final String CONTENT = "graph-run-content";
    private static final String INPUTS = "graph-run-inputs";
    private static final String STOP = "graph-run-stop";
    private static final String VALUE = "graph-value";
    private static final String OPEN = "graph-run-open";
    /** Where the list is of what was under way, of all tenants: for whoever takes it up after a crash. */
    private static final String EVERYBODY = "studio";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){0,20}");
    private static final int PAGE = 50;
    private static final int MAX_ID = 64;
    private static final int MAX_CHANGES = 400;
    /** The most characters of outputs that are kept of a node for runs of a part. */
    private static final int MAX_VALUE = 4_000_000;
    /** The most characters of inputs that are kept until a run has ended, beside what the engine keeps of them. */
    private static final int MAX_INPUTS = 4_000_000;

    private final MetadataStore store;

    RunStore(MetadataStore store) {
        this.store = store;
    }

    /**
     * What a node gave last.
     *
     * @param made what it was made from
     */
    record Kept(RunPlan.Made made, Values outputs) {
        /** Nothing for what is too large to be kept. */
        static Optional<Kept> of(RunPlan.Made made, Values outputs) {
            return outputs.toJson().length() > MAX_VALUE ? Optional.empty() : Optional.of(new Kept(made, outputs));
        }
    }

    /** Keeps a run that is about to begin, with all that it takes to begin it again should this process end before. */
    void begin(Caller caller, GraphRun run, SavedGraph content, GraphInput input) {
        store.apply(EntryChange.put(
                new EntryKey(EVERYBODY, OPEN, run.id()),
                Values.of(Map.of("tenant", caller.tenant(), "user", caller.user()))
                        .toJson(),
                Map.of()));
        List<EntryChange> changes = new ArrayList<>(entries(caller, run));
        changes.add(
                EntryChange.put(key(caller, CONTENT, run.id()), content.json().toJson(), Map.of()));
        if (input.inputs().length() <= MAX_INPUTS) {
            changes.add(EntryChange.put(key(caller, INPUTS, run.id()), input.inputs(), Map.of()));
        }
        store.apply(changes);
    }

    /** Keeps how a run stands now, and what its nodes gave since. */
    void save(Caller caller, GraphRun run, Map<String, Kept> values) {
        List<EntryChange> changes = new ArrayList<>(entries(caller, run));
        values.forEach((node, kept) -> changes.add(EntryChange.put(
                value(caller, run.graph(), node),
                Values.of(Map.of(
                                "config", kept.made().config(),
                                "signature", kept.made().signature(),
                                "given", kept.made().given(),
                                "outputs", kept.outputs().all()))
                        .toJson(),
                Map.of("graph", run.graph()))));
        for (int from = 0; from < changes.size(); from += MAX_CHANGES) {
            store.apply(changes.subList(from, Math.min(changes.size(), from + MAX_CHANGES)));
        }
    }

    private List<EntryChange> entries(Caller caller, GraphRun run) {
        Map<String, String> attributes = Map.of("graph", run.graph(), "user_name", caller.user());
        return List.of(
                EntryChange.put(key(caller, RUN, run.id()), RunJson.head(run), attributes),
                EntryChange.put(key(caller, NODES, run.id()), RunJson.nodes(run), Map.of()));
    }

    /** Takes a run off the list of what is under way. */
    void closed(String tenant, String run) {
        store.apply(EntryChange.delete(new EntryKey(tenant, INPUTS, run)));
        store.apply(EntryChange.delete(new EntryKey(EVERYBODY, OPEN, run)));
    }

    /** Puts a run on that list again. */
    void reopened(Caller caller, String run) {
        store.apply(EntryChange.put(
                new EntryKey(EVERYBODY, OPEN, run),
                Values.of(Map.of("tenant", caller.tenant(), "user", caller.user()))
                        .toJson(),
                Map.of()));
    }

    /** Whose runs are under way, by run. */
    Map<String, Caller> open() {
        Map<String, Caller> open = new LinkedHashMap<>();
        for (Entry entry : all(EntryQuery.of(EVERYBODY, OPEN))) {
            Values body = PortValue.object(entry.body());
            open.put(entry.key().id(), new Caller(body.text("tenant"), body.text("user")));
        }
        return open;
    }

    /** Takes all runs of a tenant off that list. */
    void forgetOpen(String tenant) {
        open().forEach((run, caller) -> {
            if (caller.tenant().equals(tenant)) {
                closed(tenant, run);
            }
        });
    }

    /** All runs of everybody in a tenant. */
    List<GraphRun> ofTenant(String tenant) {
        return all(EntryQuery.of(tenant, RUN)).stream().map(RunStore::head).toList();
    }

    /** Whose runs are kept in a tenant. */
    Set<Caller> people(String tenant) {
        return ofTenant(tenant).stream()
                .map(run -> new Caller(tenant, run.user()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Optional<GraphRun> find(Caller caller, String run) {
        if (!ID.matcher(run).matches()) {
            return Optional.empty();
        }
        return store.find(key(caller, RUN, run))
                .map(RunStore::head)
                .filter(head -> head.user().equals(caller.user()))
                .map(head -> store.find(key(caller, NODES, run))
                        .map(nodes -> RunJson.withNodes(head, PortValue.object(nodes.body())))
                        .orElse(head));
    }

    private static GraphRun head(Entry entry) {
        return RunJson.head(entry.key().id(), PortValue.object(entry.body()));
    }

    Optional<SavedGraph> content(Caller caller, String run) {
        return store.find(key(caller, CONTENT, run)).map(entry -> SavedGraph.from(PortValue.object(entry.body())));
    }

    /** What a run that is under way was begun with; empty when that was too large, or it has waited since. */
    Optional<GraphInput> input(Caller caller, String run) {
        return store.find(key(caller, INPUTS, run)).map(entry -> new GraphInput(entry.body()));
    }

    GraphPage<GraphRun> list(Caller caller, String graph, int limit, String after) {
        EntryPage page = store.list(own(caller, graph).limitedTo(limit).after(after));
        return new GraphPage<>(page.entries().stream().map(RunStore::head).toList(), page.next());
    }

    private static EntryQuery own(Caller caller, String graph) {
        return EntryQuery.of(caller.tenant(), RUN).where("graph", graph).where("user_name", caller.user());
    }

    /** All runs of this user of a graph, the newest first. */
    List<GraphRun> all(Caller caller, String graph) {
        return all(own(caller, graph)).stream().map(RunStore::head).toList();
    }

    /** The runs of all users of a graph. */
    List<GraphRun> ofGraph(String tenant, String graph) {
        return all(EntryQuery.of(tenant, RUN).where("graph", graph)).stream()
                .map(RunStore::head)
                .toList();
    }

    private List<Entry> all(EntryQuery query) {
        List<Entry> all = new ArrayList<>();
        EntryQuery next = query.limitedTo(500);
        while (true) {
            EntryPage page = store.list(next);
            all.addAll(page.entries());
            if (!page.hasMore()) {
                return all;
            }
            next = next.after(page.next());
        }
    }

    void delete(String tenant, String run) {
        store.apply(List.of(
                EntryChange.delete(new EntryKey(tenant, RUN, run)),
                EntryChange.delete(new EntryKey(tenant, NODES, run)),
                EntryChange.delete(new EntryKey(tenant, CONTENT, run)),
                EntryChange.delete(new EntryKey(tenant, STOP, run))));
        closed(tenant, run);
    }

    /** All runs of a user, of all graphs. */
    List<GraphRun> ofUser(Caller caller) {
        return all(EntryQuery.of(caller.tenant(), RUN).where("user_name", caller.user())).stream()
                .map(RunStore::head)
                .toList();
    }

    /** Forgets what the nodes of all graphs gave to a user. */
    void forgetValues(Caller caller) {
        String user = "/" + caller.user() + "/";
        for (Entry entry : all(EntryQuery.of(caller.tenant(), VALUE))) {
            if (entry.key().id().contains(user)) {
                store.apply(EntryChange.delete(entry.key()));
            }
        }
    }

    /** Forgets what the nodes of all graphs last gave before a time, for all users. */
    void forgetValues(String tenant, Instant before) {
        for (Entry entry : all(EntryQuery.of(tenant, VALUE))) {
            if (entry.changedAt().isBefore(before)) {
                store.apply(EntryChange.delete(entry.key()));
            }
        }
    }

    /** Whether runs of a user are kept, or what nodes gave to anybody of the tenant. */
    boolean hasAny(Caller caller) {
        EntryQuery runs = EntryQuery.of(caller.tenant(), RUN).where("user_name", caller.user());
        return Stream.of(runs, EntryQuery.of(caller.tenant(), VALUE))
                .anyMatch(query -> !store.list(query.limitedTo(1)).entries().isEmpty());
    }

    /** Takes what a node of a graph gave last. */
    interface ValueReader {
        /** Takes one, as JSON text, with the time when it was given. */
        void read(String graph, String body, Instant at);
    }

    /** Reads what the nodes of all graphs gave to a user last, a few at a time, as they may be large. */
    void eachValue(Caller caller, ValueReader reader) {
        EntryQuery next = EntryQuery.of(caller.tenant(), VALUE).limitedTo(PAGE);
        for (boolean hasMore = true; hasMore; ) {
            EntryPage page = store.list(next);
            for (Entry entry : page.entries()) {
                String graph = entry.key().id().substring(0, entry.key().id().indexOf('/'));
                if (entry.key().id().startsWith(graph + "/" + caller.user() + "/")) {
                    reader.read(graph, entry.body(), entry.changedAt());
                }
            }
            hasMore = page.hasMore();
            next = next.after(page.next());
        }
    }

    /** Forgets what the nodes of a graph gave to a user. */
    void forgetValues(Caller caller, String graph) {
        String own = graph + "/" + caller.user() + "/";
        for (Entry entry : all(EntryQuery.of(caller.tenant(), VALUE).where("graph", graph))) {
            if (entry.key().id().startsWith(own)) {
                store.apply(EntryChange.delete(entry.key()));
            }
        }
    }

    /** Whether a text occurs in how a run stands, or in what it was begun with. */
    boolean holds(Caller caller, String run, String text) {
        return Stream.of(RUN, NODES, CONTENT, INPUTS)
                .flatMap(kind -> store.find(key(caller, kind, run)).stream())
                .anyMatch(entry -> entry.body().contains(text));
    }

    /** Forgets what the nodes of a graph gave, for all users. */
    void forgetValues(String tenant, String graph) {
        for (Entry entry : all(EntryQuery.of(tenant, VALUE).where("graph", graph))) {
            store.apply(EntryChange.delete(entry.key()));
        }
    }

    /** @param node its place in the graph */
    Optional<Kept> value(Caller caller, SavedGraph graph, String graphId, String node) {
        if (!PLACE.matcher(node).matches() || Places.node(graph, node).isEmpty()) {
            return Optional.empty();
        }
        return store.find(value(caller, graphId, node)).map(entry -> {
            Values body = PortValue.object(entry.body());
            return new Kept(
                    new RunPlan.Made(body.text("config"), body.text("signature"), body.text("given")),
                    body.object("outputs"));
        });
    }

    /** Asks whoever runs it to stop. */
    void askToStop(Caller caller, String run) {
        store.apply(EntryChange.put(key(caller, STOP, run), "{}", Map.of()));
    }

    boolean isToStop(Caller caller, String run) {
        return store.find(key(caller, STOP, run)).isPresent();
    }

    private static EntryKey key(Caller caller, String kind, String id) {
        return new EntryKey(caller.tenant(), kind, id);
    }

    private static EntryKey value(Caller caller, String graph, String place) {
        // Keys are short, and places deep inside of nodes are not.
        String node = place.length() <= MAX_ID ? place.replace('/', '.') : Signatures.hash(Values.of("place", place));
        return new EntryKey(caller.tenant(), VALUE, graph + "/" + caller.user() + "/" + node);
    }
}
