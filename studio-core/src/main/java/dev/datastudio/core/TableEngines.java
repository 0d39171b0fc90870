package dev.datastudio.core;

import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.DuckDbSettings;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.query.RowCache;
import java.time.ZoneId;
import java.util.List;

/** The engines over the data sets of callers, with the rows that they gave before. Thread-safe. */
final class TableEngines implements AutoCloseable {
    private final Datasets datasets;
    private final QueryEngines pool;
    private final RowCache rows;

    TableEngines(Datasets datasets, ZoneId zone, ResultCache cache) {
        this.datasets = datasets;
        this.pool = QueryEngines.open(DuckDbSettings.DEFAULT.withZone(zone), QueryEngines.DEFAULT_MAX_OPEN);
        this.rows = new RowCache(cache);
    }

    /** Engines that remember nothing. */
    QueryEngines pool() {
        return pool;
    }

    EngineLease lease(List<Dataset> tables) {
        return lease(datasets.caller(), tables);
    }

    EngineLease lease(Caller who, List<Dataset> tables) {
        tables.forEach(table -> requireOwned(who, table));
        Datasets own = datasets.as(who);
        EngineLease lease = pool.lease(tables.stream()
                .map(dataset -> new DuckDbTable(dataset.table(), own.file(dataset)))
                .toList());
        return rows.over(lease, who.tenant(), tables);
    }

    void requireOwned(Dataset dataset) {
        requireOwned(datasets.caller(), dataset);
    }

    private static void requireOwned(Caller who, Dataset dataset) {
        if (!dataset.owner().equals(who)) {
            throw new StudioException(
                    ErrorCode.DATASET_NOT_FOUND,
                    "Data set " + StudioException.quote(dataset.id()) + " is not there",
                    "Use one of your own data sets");
        }
    }

    void forget(Dataset dataset) {
        rows.forget(dataset);
    }

    @Override
    public void close() {
        pool.close();
    }
}
