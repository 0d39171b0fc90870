package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.query.DuckDbQueryEngine;
import dev.datastudio.core.query.DuckDbTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stored tables with their data sets and an engine over them. */
final class Tables implements AutoCloseable {
    private final List<Dataset> datasets = new ArrayList<>();
    private final QueryEngine engine;

    private Tables(Map<String, String> selects, Map<String, String> units) {
        try {
            Path folder = Files.createTempDirectory("analysis");
            List<DuckDbTable> stored = new ArrayList<>();
            for (Map.Entry<String, String> select : selects.entrySet()) {
                Path file = folder.resolve("t" + stored.size() + ".duckdb");
                write(file, select.getValue());
                file.toFile().deleteOnExit();
                stored.add(new DuckDbTable(select.getKey(), file));
            }
            folder.toFile().deleteOnExit();
            engine = DuckDbQueryEngine.open(stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        selects.keySet().forEach(t -> datasets.add(dataset(t, units)));
    }

    /** Tables by their names, each filled by a SELECT that may read files. */
    static Tables of(Map<String, String> selects) {
        return new Tables(selects, Map.of());
    }

    /** One table, with the units of some of its columns. */
    static Tables of(String table, String select, Map<String, String> units) {
        return new Tables(Map.of(table, select), units);
    }

    static Tables of(String table, String select) {
        return of(Map.of(table, select));
    }

    static String csv(Path file) {
        return "SELECT * FROM read_csv('" + file + "')";
    }

    List<Dataset> datasets() {
        return datasets;
    }

    QueryEngine engine() {
        return engine;
    }

    /** All rows of a statement, behind the gate. */
    List<List<@Nullable Object>> rows(String sql, Object... parameters) {
        return result(sql, List.of(parameters)).rows();
    }

    QueryResult result(String sql, List<Object> parameters) {
        QueryLimits all = QueryLimits.DEFAULT.withMaxRows(QueryLimits.NO_ROW_LIMIT);
        return engine.execute(new Query(sql, parameters, all), Cancellation.none());
    }

    @Override
    public void close() {
        engine.close();
    }

    private static void write(Path file, String select) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + file + "' AS stored (STORAGE_VERSION 'v1.5.0')");
            statement.execute("CREATE TABLE stored.main.data AS " + select);
            statement.execute("DETACH stored");
        } catch (SQLException e) {
            throw new IllegalStateException(select, e);
        }
    }

    private Dataset dataset(String table, Map<String, String> units) {
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        List<Column> columns = new ArrayList<>();
        for (ResultColumn column : engine.describe(Query.of("SELECT * FROM " + quoted))) {
            String name = '"' + column.name().replace("\"", "\"\"") + '"';
            List<@Nullable Object> counts = rows("SELECT count(DISTINCT " + name + "), count(*) - count(" + name
                            + ") FROM " + quoted)
                    .get(0);
            columns.add(new Column(
                    column.name(),
                    column.type(),
                    role(column.type()),
                    units.getOrDefault(column.name(), ""),
                    number(counts.get(0)),
                    number(counts.get(1))));
        }
        long rowCount = number(rows("SELECT count(*) FROM " + quoted).get(0).get(0));
        return new Dataset(
                DatasetId.random(),
                Caller.LOCAL,
                table + ".csv",
                1,
                Origin.UNKNOWN,
                table,
                "0".repeat(64),
                rowCount,
                columns,
                List.of(),
                Instant.EPOCH,
                "local/local/uploads/1");
    }

    private static long number(@Nullable Object value) {
        return Objects.requireNonNull((Long) value);
    }

    private static ColumnRole role(ColumnType type) {
        return type.isNumeric() ? ColumnRole.MEASURE : type.isTemporal() ? ColumnRole.TIME : ColumnRole.DIMENSION;
    }
}
