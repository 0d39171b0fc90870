package dev.datastudio.core.table;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.table.internal.DatabaseTables;
import dev.datastudio.core.table.internal.DatasetTables;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Opens data sets and databases by their id, for the caller whose they are. Thread-safe.
 */
public final class TableSources {
    private final Datasets datasets;
    private final QueryEngines engines;
    private final Supplier<Sources> sources;

    private TableSources(Datasets datasets, QueryEngines engines, Supplier<Sources> sources) {
        this.datasets = datasets;
        this.engines = engines;
        this.sources = sources;
    }

    /**
     * Those of a studio; all of them stay open.
     *
     * @param sources gives the databases, when the first one is asked for
     */
    public static TableSources of(Datasets datasets, QueryEngines engines, Supplier<Sources> sources) {
        return new TableSources(
                Objects.requireNonNull(datasets, "datasets"),
                Objects.requireNonNull(engines, "engines"),
                Objects.requireNonNull(sources, "sources"));
    }

    /**
     * Opens a data set or a database.
     *
     * @param id the id of a version of a data set, the name of one (its newest version), or the id of a database
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND} when this caller has nothing of that id
     */
    public TableSource open(Caller caller, String id) {
        return open(caller, id, 0);
    }

    /**
     * As {@link #open(Caller, String)}, in a version of a data set.
     *
     * @param version its number; 0 for the newest, or for the one that the id names
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND} also when it has no such version
     */
    public TableSource open(Caller caller, String id, int version) {
        Optional<Dataset> dataset = dataset(caller, id)
                .flatMap(found -> version == 0 ? Optional.of(found) : version(caller, found, version));
        if (dataset.isPresent()) {
            return open(caller, dataset.get());
        }
        Optional<Source> source = version == 0 ? source(caller, id) : Optional.empty();
        return source.map(found -> open(caller, found))
                .orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no source " + StudioException.quote(id)
                                + (version == 0 ? "" : " of version " + version),
                        "List data sets and sources to see their ids"));
    }

    private Optional<Source> source(Caller caller, String id) {
        return uuid(id).flatMap(uuid -> sources.get().as(caller).list().stream()
                .filter(source -> source.id().value().equals(uuid))
                .findFirst());
    }

    private TableSource open(Caller caller, Source source) {
        return DatabaseTables.open(sources.get().as(caller), source);
    }

    private Optional<Dataset> dataset(Caller caller, String id) {
        Datasets own = datasets.as(caller);
        return uuid(id).<Optional<Dataset>>map(uuid -> own.list().stream()
                        .filter(dataset -> dataset.id().equals(new DatasetId(uuid)))
                        .findFirst())
                .orElseGet(() -> own.find(id));
    }

    private Optional<Dataset> version(Caller caller, Dataset dataset, int version) {
        return datasets.as(caller).versions(dataset.name()).stream()
                .filter(other -> other.version() == version)
                .findFirst();
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private TableSource open(Caller caller, Dataset dataset) {
        DuckDbTable table = new DuckDbTable(dataset.table(), datasets.as(caller).file(dataset));
        return new DatasetTables(dataset, engines.lease(List.of(table)));
    }
}
