package dev.datastudio.core.source.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.query.JdbcQueryEngine;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceCheck;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.TableName;
import dev.datastudio.core.source.TableSample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Everything that is asked of a source once it is connected. Thread-safe. */
public final class SourceAccess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Caller caller;
    private final SourceStore kept;
    private final Connections connections;
    private final Datasets datasets;

    public SourceAccess(Caller caller, SourceStore kept, Connections connections, Datasets datasets) {
        this.caller = caller;
        this.kept = kept;
        this.connections = connections;
        this.datasets = datasets;
    }

    public SourceCheck test(SourceId id) {
        SourceStore.Opened opened = kept.open(id);
        return test(opened.source().spec(), opened.password());
    }

    public SourceCheck test(SourceSpec spec, Secret password) {
        long started = System.nanoTime();
        try (Connection connection = connections.open(caller, spec, password, Purpose.QUERY)) {
            return new AccessCheck(spec, connection).run(started);
        } catch (SQLException e) {
            throw SourceErrors.reading(spec, e);
        }
    }

    public SourceSchema schema(SourceId id, ProgressListener progress, Cancellation cancellation) {
        return query(
                id,
                cancellation,
                (spec, connection) -> new SchemaReader(connection, spec.schema(), progress, cancellation).read());
    }

    public TableSample sample(SourceId id, TableName table, int count, Cancellation cancellation) {
        return query(
                id,
                cancellation,
                (spec, connection) -> Selection.ofTable(spec, connection, table, count, cancellation)
                        .read(rows -> {
                            List<List<@Nullable Object>> sample = new ArrayList<>();
                            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                                sample.add(Collections.unmodifiableList(Arrays.asList(row)));
                            }
                            List<ResultColumn> columns = rows.columns().stream()
                                    .map(c -> new ResultColumn(c.name(), c.type()))
                                    .toList();
                            return new TableSample(columns, sample);
                        }));
    }

    public Dataset importTable(SourceId id, TableName table, ImportTarget target) {
        SourceStore.Opened opened = kept.open(id);
        return read(opened, Purpose.IMPORT, target.cancellation(), (spec, connection) -> {
            long maxRows = maxRows(spec, target);
            long estimate = target.expectedRows() >= 0
                    ? target.expectedRows()
                    : new SchemaReader(connection, spec.schema(), ProgressListener.NONE, target.cancellation())
                            .estimate(table);
            ImportTarget stored = target.from(origin(opened.source(), "table", table.toString()))
                    .expecting(Math.min(estimate, maxRows))
                    .atMost(Long.MAX_VALUE); // more rows are cut here, with a warning
            return Selection.ofTable(spec, connection, table, maxRows, target.cancellation())
                    .read(rows -> datasets.importRows(stored, rows));
        });
    }

    public Dataset importQuery(SourceId id, String sql, ImportTarget target) {
        SourceStore.Opened opened = kept.open(id);
        SourceSpec spec = opened.source().spec();
        target.cancellation().throwIfCancelled();
        try (Connection connection = connections.open(caller, spec, opened.password(), Purpose.IMPORT)) {
            return new GuardedQuery(spec, connection, () -> engine(opened))
                    .read(sql, maxRows(spec, target), target.cancellation(), rows -> {
                        ImportTarget stored = target.from(origin(opened.source(), "sql", sql))
                                .atMost(Long.MAX_VALUE); // more rows are cut here, with a warning
                        return datasets.importRows(stored, rows);
                    });
        } catch (SQLException e) {
            target.cancellation().throwIfCancelled();
            throw SourceErrors.reading(spec, e);
        }
    }

    private static long maxRows(SourceSpec spec, ImportTarget target) {
        return Math.min(spec.rowLimit(), target.maxRows());
    }

    public QueryEngine engine(SourceId id) {
        return engine(kept.open(id));
    }

    private QueryEngine engine(SourceStore.Opened opened) {
        SourceSpec spec = opened.source().spec();
        if (spec.kind() == SourceKind.DUCKDB) {
            return connections.duckDbEngine(spec, schema(opened));
        }
        DataSource shared = connections.shared(caller, opened);
        return JdbcQueryEngine.over(shared, dialect(spec, shared), spec.name());
    }

    private SourceSchema schema(SourceStore.Opened opened) {
        return read(
                opened,
                Purpose.QUERY,
                Cancellation.none(),
                (spec, connection) ->
                        new SchemaReader(connection, spec.schema(), ProgressListener.NONE, Cancellation.none()).read());
    }

    private static SqlDialect dialect(SourceSpec spec, DataSource shared) {
        return switch (spec.kind()) {
            case POSTGRESQL -> SqlDialect.POSTGRESQL;
            case MYSQL -> SqlDialect.MYSQL;
            case SQLITE -> SqlDialect.SQLITE;
            case SQLSERVER -> SqlDialect.SQLSERVER;
            default -> {
                try (Connection connection = shared.getConnection()) {
                    yield GuardedQuery.dialect(spec, Product.of(connection));
                } catch (SQLException e) {
                    throw SourceErrors.connecting(spec, e);
                }
            }
        };
    }

    private static Origin origin(Source source, String what, String value) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("source", source.id().toString());
        detail.put("name", source.name());
        detail.put(what, value);
        return Origin.of(Origin.DATABASE, detail.toString());
    }

    /** Something done with an open connection. */
    private interface Work<T> {
        T run(SourceSpec spec, Connection connection) throws SQLException;
    }

    private <T> T query(SourceId id, Cancellation cancellation, Work<T> work) {
        return read(kept.open(id), Purpose.QUERY, cancellation, work);
    }

    private <T> T read(SourceStore.Opened opened, Purpose purpose, Cancellation cancellation, Work<T> work) {
        SourceSpec spec = opened.source().spec();
        cancellation.throwIfCancelled();
        try (Connection connection = connections.open(caller, spec, opened.password(), purpose)) {
            boolean server = spec.kind().isServer() || spec.kind() == SourceKind.HOST;
            if (server) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false); // PostgreSQL gives rows in parts only within a transaction
            }
            try {
                return work.run(spec, connection);
            } finally {
                if (server && !connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true); // a connection of the host program goes back as it came
                }
            }
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            throw SourceErrors.reading(spec, e);
        }
    }
}
