package dev.datastudio.agents.ask.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.planner.ValueIndex;
import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.EngineLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the different values of the text columns of data sets, so that the planner knows "West" for a region. A column
 * with too many different values is left out, as {@link ValueIndex} says.
 */
final class StoredValues {
    private static final int COLUMNS_PER_QUERY = 40;
    private static final QueryLimits LIMITS = new QueryLimits(QueryLimits.NO_ROW_LIMIT, Duration.ofMinutes(5));

    /** The most memory of all values together; those of the data sets asked about longest ago go first. */
    static final long MAX_BYTES = 64_000_000;

    private static final long BYTES_OF_INDEX = 500;

    private final Studio studio;

    private record Owned(Caller caller, DatasetId dataset) {}

    private final Cache<Owned, ValueIndex> indexes = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Owned owned, ValueIndex index) ->
                    (int) Math.min(Integer.MAX_VALUE, BYTES_OF_INDEX + index.bytes()))
            .executor(Runnable::run)
            .build();

    /** Values of several data sets; equal when they are of the same indexes. */
    private record OfAll(List<ValueIndex> indexes) implements ValueLookup {
        @Override
        public List<String> values(Dataset dataset, Column column) {
            return indexes.stream()
                    .map(index -> index.values(dataset, column))
                    .filter(values -> !values.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        }
    }

    StoredValues(Studio studio) {
        this.studio = studio;
    }

    /** The values of some data sets of a caller, read once; the rows behind them are kept over a restart. */
    ValueLookup of(Caller caller, List<Dataset> datasets) {
        List<ValueIndex> found = datasets.stream()
                .map(dataset -> indexes.get(new Owned(caller, dataset.id()), owned -> index(caller, dataset)))
                .toList();
        return found.size() == 1 ? found.get(0) : new OfAll(found);
    }

    private ValueIndex index(Caller caller, Dataset dataset) {
        ValueIndex.Builder index = ValueIndex.builder();
        read(caller, dataset).forEach((column, distinct) -> index.add(dataset, dataset.column(column), distinct));
        return index.build();
    }

    /** How much memory the values held now take, in bytes. */
    long bytes() {
        indexes.cleanUp();
        return indexes.asMap().values().stream().mapToLong(ValueIndex::bytes).sum();
    }

    /** The values of each text column that is worth knowing, by column name. */
    private Map<String, List<String>> read(Caller caller, Dataset dataset) {
        List<Column> columns = dataset.columns().stream()
                .filter(column -> column.type() == ColumnType.TEXT && column.distinctCount() <= ValueIndex.MAX_VALUES)
                .toList();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int from = 0; from < columns.size(); from += COLUMNS_PER_QUERY) {
            List<Column> some = columns.subList(from, Math.min(columns.size(), from + COLUMNS_PER_QUERY));
            QueryResult rows = rows(caller, dataset, sql(dataset, some));
            for (List<?> row : rows.rows()) {
                int index = ((Number) row.get(0)).intValue();
                values.computeIfAbsent(some.get(index).name(), name -> new ArrayList<>())
                        .add(String.valueOf(row.get(1)));
            }
        }
        return values;
    }

    private QueryResult rows(Caller caller, Dataset dataset, String sql) {
        try (EngineLease lease = studio.engine(caller, List.of(dataset))) {
            return lease.engine().execute(new Query(sql, List.of(), LIMITS), Cancellation.none());
        }
    }

    private static String sql(Dataset dataset, List<Column> columns) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = '"' + columns.get(i).name().replace("\"", "\"\"") + '"';
            parts.add("SELECT " + i + " AS c, v FROM (SELECT DISTINCT " + name + " AS v FROM \"" + dataset.table()
                    + "\" WHERE length(" + name + ") < " + ValueIndex.MAX_LENGTH + " LIMIT "
                    + (ValueIndex.MAX_VALUES + 1) + ")");
        }
        return parts.stream().collect(Collectors.joining("\nUNION ALL\n", "", "\nORDER BY c, v"));
    }
}
