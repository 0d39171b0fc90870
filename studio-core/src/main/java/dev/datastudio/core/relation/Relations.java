package dev.datastudio.core.relation;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.relation.internal.Known;
import dev.datastudio.core.relation.internal.LookedAt;
import dev.datastudio.core.relation.internal.PathSearch;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.table.internal.DatasetTables;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The relations between the data sets of a caller, or between the tables of one database: finds them, keeps them, and
 * tells over which ways tables can be joined. People accept and reject what was found. Thread-safe.
 */
public final class Relations {
    /** How many steps a way between two tables has at most. */
    public static final int MAX_STEPS = 4;

    private final RelationStore store;
    private final Caller caller;
    private final BiFunction<Caller, List<Dataset>, EngineLease> engines;
    private final Supplier<Sources> sources;
    private final LookedAt looked;

    private Relations(
            RelationStore store,
            Caller caller,
            BiFunction<Caller, List<Dataset>, EngineLease> engines,
            Supplier<Sources> sources,
            LookedAt looked) {
        this.store = store;
        this.caller = caller;
        this.engines = engines;
        this.sources = sources;
        this.looked = looked;
    }

    /**
     * The relations that are kept in a store, which stays open, of a caller.
     *
     * @param engines gives the engine over data sets of a caller
     * @param sources gives the databases of this caller, when they are first asked for
     */
    public static Relations of(
            RelationStore store,
            Caller caller,
            BiFunction<Caller, List<Dataset>, EngineLease> engines,
            Supplier<Sources> sources) {
        return new Relations(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(caller, "caller"),
                Objects.requireNonNull(engines, "engines"),
                Objects.requireNonNull(sources, "sources"),
                new LookedAt());
    }

    /** The same for another caller. */
    public Relations as(Caller other) {
        return new Relations(
                store,
                Objects.requireNonNull(other, "other"),
                engines,
                () -> sources.get().as(other),
                looked);
    }

    /**
     * The relations among data sets, without keeping them: what their columns and values say, and what people and
     * models said about them before. What was looked at stays in memory, so asking again costs next to nothing;
     * a handful of small tables takes some ten milliseconds the first time.
     *
     * @param datasets one version of each table
     * @return the surest first; guesses too, which are not {@link Relation#isUsable() usable}, and rejected ones
     * @throws StudioException as {@link dev.datastudio.api.query.QueryEngine#execute}, DATASET_NOT_FOUND when one of
     *     them belongs to somebody else
     */
    public List<Relation> among(List<Dataset> datasets, Cancellation cancellation) {
        List<Relation> found = looked.get(caller, datasets, () -> {
            try (EngineLease lease = engines.apply(caller, datasets)) {
                return RelationFinder.over(lease.engine()).find(tables(datasets), ProgressListener.NONE, cancellation);
            }
        });
        Set<TableRef> refs = refs(tables(datasets));
        return Known.merge(datasets, found, list(refs));
    }

    /**
     * Looks for relations between data sets and keeps what it finds.
     *
     * @return all that is known among them afterwards, the surest first
     * @throws StudioException as {@link dev.datastudio.api.query.QueryEngine#execute}
     */
    public List<Relation> find(List<Dataset> datasets, ProgressListener progress, Cancellation cancellation) {
        List<RelationTable> tables = tables(datasets);
        try (EngineLease lease = engines.apply(caller, datasets)) {
            return keep(ofPerson(), tables, RelationFinder.over(lease.engine()).find(tables, progress, cancellation));
        }
    }

    private static List<RelationTable> tables(List<Dataset> datasets) {
        return datasets.stream()
                .map(dataset ->
                        new RelationTable(TableRef.dataset(dataset.table()), DatasetTables.info(dataset), List.of()))
                .toList();
    }

    /**
     * Looks for relations between the tables of a database, declared ones and others, and keeps what it finds.
     *
     * @return all that is known among them afterwards, the surest first
     * @throws StudioException as {@link Sources#schema(SourceId)} and
     *     {@link dev.datastudio.api.query.QueryEngine#execute}
     */
    public List<Relation> find(SourceId source, ProgressListener progress, Cancellation cancellation) {
        try (DatabaseRelations database = open(source)) {
            return database.keep(database.find(progress, cancellation));
        }
    }

    /**
     * Opens a database to look for relations between its tables in several steps.
     *
     * @throws StudioException as {@link Sources#schema(SourceId)} and {@link Sources#engine(SourceId)}
     */
    public DatabaseRelations open(SourceId source) {
        Sources all = sources.get();
        return DatabaseRelations.over(all, all.get(source), this);
    }

    /**
     * Makes relations all that is known among tables of one database; what people decided stays.
     *
     * @param found each between two of the tables
     * @return all that is known among them afterwards, the surest first
     */
    public List<Relation> keep(Set<TableRef> tables, List<Relation> found) {
        store.replace(caller.tenant(), tables, found);
        return list(tables);
    }

    private List<Relation> keep(String owner, List<RelationTable> tables, List<Relation> found) {
        Set<TableRef> refs = refs(tables);
        store.replace(owner, refs, found);
        return list(refs);
    }

    private static Set<TableRef> refs(List<RelationTable> tables) {
        return tables.stream().map(RelationTable::ref).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is kept among some tables, the surest first. */
    public List<Relation> list(Set<TableRef> tables) {
        Map<String, Set<TableRef>> byOwner = new LinkedHashMap<>();
        for (TableRef table : tables) {
            byOwner.computeIfAbsent(owner(table), owner -> new LinkedHashSet<>())
                    .add(table);
        }
        return byOwner.entrySet().stream()
                .flatMap(owned -> store.relations(owned.getKey(), owned.getValue()).stream())
                .filter(relation -> tables.contains(relation.from().table())
                        && tables.contains(relation.to().table()))
                .sorted(Comparator.comparingDouble(Relation::score).reversed())
                .toList();
    }

    /** A tenant's databases are everybody's in it; a data set is one person's. No tenant has a slash in its name. */
    private String owner(TableRef table) {
        return table.source().equals(TableRef.DATASETS) ? ofPerson() : caller.tenant();
    }

    private String ofPerson() {
        return caller.tenant() + "/" + caller.user();
    }

    /** Decides about a relation, or adds one that a person knows of. */
    public void decide(Relation relation, Relation.Status status) {
        store.put(owner(relation.from().table()), relation.withStatus(status));
    }

    /** Drops what is kept of a table, as when it is gone. */
    public void forget(TableRef table) {
        store.deleteTable(owner(table), table);
    }

    /** Drops what is kept of all tables of a database, as when it is disconnected. */
    public void forget(SourceId source) {
        store.deleteSource(caller.tenant(), source.toString());
    }

    /** Drops what is kept of all databases of the caller's tenant and of everybody's data sets in it, as when it goes. */
    public void forgetTenant() {
        store.deleteTenant(caller.tenant());
    }

    /** The shortest ways between two tables over what is kept, of at most {@link #MAX_STEPS} steps, the surest first. */
    public List<JoinPath> paths(TableRef from, TableRef to, Set<TableRef> within) {
        return store.shortestPaths(owner(from), from, to, within, MAX_STEPS);
    }

    /**
     * The shortest ways between two tables over those of some relations that are usable, of at most {@link #MAX_STEPS}
     * steps, the surest first; as many as {@link RelationStore#shortestPaths}.
     */
    public static List<JoinPath> paths(List<Relation> relations, TableRef from, TableRef to) {
        List<Relation> usable = relations.stream().filter(Relation::isUsable).toList();
        return new PathSearch(usable).between(from, to, MAX_STEPS);
    }
}
