package dev.datastudio.core.table;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens data sets and databases by their id, for the caller whose they are. Thread-safe.
 */
public final class TableSources {
    private final Datasets datasets;
    private final QueryEngines engines;

    private TableSources(Datasets datasets, QueryEngines engines) {
        this.datasets = datasets;
        this.engines = engines;
    }

    /** Those of a studio; both stay open. */
    public static TableSources of(Datasets datasets, QueryEngines engines) {
        return new TableSources(
                Objects.requireNonNull(datasets, "datasets"), Objects.requireNonNull(engines, "engines"));
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
        return dataset(caller, id)
                .flatMap(dataset -> version == 0 ? Optional.of(dataset) : version(caller, dataset, version))
                .map(dataset -> open(caller, dataset))
                .orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no source " + StudioException.quote(id)
                                + (version == 0 ? "" : " of version " + version),
                        "List data sets and sources to see their ids"));
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
        return new DatasetSource(dataset, engines.lease(List.of(table)));
    }

    private record DatasetSource(Dataset dataset, EngineLease lease) implements TableSource {
        @Override
        public String name() {
            return dataset.name();
        }

        @Override
        public String kind() {
            return "data set";
        }

        @Override
        public List<TableInfo> tables() {
            List<ColumnInfo> columns = dataset.columns().stream()
                    .map(column -> new ColumnInfo(
                            column.name(),
                            quoted(column.name()),
                            column.type(),
                            "",
                            Stream.of(
                                            column.role().name().toLowerCase(Locale.ROOT),
                                            column.nullCount() > 0 ? column.nullCount() + " missing" : "",
                                            column.distinctCount() >= 0 ? column.distinctCount() + " distinct" : "")
                                    .filter(word -> !word.isEmpty())
                                    .collect(Collectors.joining(", "))))
                    .toList();
            return List.of(
                    new TableInfo(dataset.table(), quoted(dataset.table()), "", dataset.rowCount(), true, columns));
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }

        @Override
        public QueryEngine engine() {
            return lease.engine();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
