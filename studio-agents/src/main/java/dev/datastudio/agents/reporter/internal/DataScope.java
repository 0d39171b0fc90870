package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.ReportRequest;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.source.ForeignKey;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableName;
import dev.datastudio.core.table.internal.DatabaseTables;
import dev.datastudio.core.table.internal.DatasetTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** All tables that one request may be about, opened for its caller. Close it when done. */
public final class DataScope implements AutoCloseable {
    private final List<Place> places = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();

    private DataScope() {}

    /** Without any table. */
    static DataScope none() {
        return new DataScope();
    }

    /**
     * Opens what a request names.
     *
     * @throws StudioException {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#DATASET_NOT_FOUND},
     *     {@link ErrorCode#INVALID_ARGUMENT} when it names nothing, or as {@link Sources#engine}
     */
    public static DataScope open(Studio studio, Caller caller, ReportRequest request) {
        if (request.sources().isEmpty() && request.datasets().isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The message is about no data", "Give a database or a data set");
        }
        DataScope scope = new DataScope();
        try {
            Sources sources =
                    request.sources().isEmpty() ? null : studio.sources().as(caller);
            for (SourceId id : new LinkedHashSet<>(request.sources())) {
                scope.add(studio, caller, Objects.requireNonNull(sources), id);
            }
            if (!request.datasets().isEmpty()) {
                scope.add(studio, caller, distinct(request.datasets()));
            }
            return scope;
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /** One of each table's name: a second one would hide the first. */
    private static List<Dataset> distinct(List<Dataset> datasets) {
        Set<String> taken = new HashSet<>();
        List<Dataset> named = new ArrayList<>();
        for (Dataset dataset : new LinkedHashSet<>(datasets)) {
            String table = dataset.table();
            for (int number = 2; !taken.add(table.toLowerCase(Locale.ROOT)); number++) {
                table = dataset.table() + "_" + number;
            }
            named.add(table.equals(dataset.table()) ? dataset : dataset.withTable(table));
        }
        return named;
    }

    private void add(Studio studio, Caller caller, Sources sources, SourceId id) {
        DatabaseTables database = DatabaseTables.open(sources, sources.get(id));
        closing.add(database::close);
        List<SourceTable> tables = database.schema().tables();
        List<ShownTable> shown = tables.stream()
                .map(table -> new ShownTable(
                        ref(id, table.name()),
                        database.info(table),
                        table.name().schema(),
                        table.name().name(),
                        table.primaryKey()))
                .toList();
        places.add(new Place(
                id.toString(),
                database.name(),
                SqlDialect.of(database.engine().name()),
                database.engine(),
                shown,
                cancellation -> relations(studio, caller, id, tables)));
    }

    private static TableRef ref(SourceId source, TableName table) {
        return new TableRef(source.toString(), table.toString());
    }

    /** What is kept, and the declared keys; what people decided stands before a declaration. */
    private static List<Relation> relations(Studio studio, Caller caller, SourceId id, List<SourceTable> tables) {
        Set<TableRef> refs = tables.stream().map(table -> ref(id, table.name())).collect(Collectors.toSet());
        Map<List<Key>, Relation> found = new LinkedHashMap<>();
        for (Relation kept : studio.relations().as(caller).list(refs)) {
            found.put(List.of(kept.from(), kept.to()), kept);
        }
        for (SourceTable table : tables) {
            for (ForeignKey declared : table.foreignKeys()) {
                TableRef target = ref(id, declared.target());
                if (refs.contains(target)) {
                    Key from = new Key(ref(id, table.name()), declared.columns());
                    Key to = new Key(target, declared.targetColumns());
                    found.putIfAbsent(List.of(from, to), declared(from, to));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static Relation declared(Key from, Key to) {
        Evidence evidence = new Evidence(
                Evidence.Kind.DECLARED, 1, "The database declares a foreign key from " + from + " to " + to);
        return new Relation(from, to, 1, List.of(evidence), Relation.Status.PROPOSED);
    }

    private void add(Studio studio, Caller caller, List<Dataset> datasets) {
        EngineLease lease = studio.engine(caller, datasets);
        closing.add(lease::close);
        List<ShownTable> shown = datasets.stream()
                .map(dataset -> new ShownTable(
                        TableRef.dataset(dataset.table()), DatasetTables.info(dataset), "", dataset.table(), List.of()))
                .toList();
        places.add(new Place(
                TableRef.DATASETS,
                "data sets",
                SqlDialect.DUCKDB,
                lease.engine(),
                shown,
                cancellation -> among(studio, caller, datasets, cancellation)));
    }

    /** What columns and values say, and what people decided. */
    private static List<Relation> among(
            Studio studio, Caller caller, List<Dataset> datasets, Cancellation cancellation) {
        return datasets.size() < 2 ? List.of() : studio.relations().as(caller).among(datasets, cancellation);
    }

    List<Place> places() {
        return places;
    }

    /** All tables of all places. */
    List<ShownTable> tables() {
        return places.stream().flatMap(place -> place.tables().stream()).toList();
    }

    /** The place that a table lies in. */
    Place place(TableRef table) {
        return places.stream()
                .filter(place -> place.key().equals(table.source()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no place has table " + table));
    }

    Set<String> keys() {
        return places.stream().map(Place::key).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        closing.clear();
    }
}
