package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.jdbc.internal.DialectGate;
import dev.datastudio.core.query.jdbc.internal.ReadOnlySession;
import dev.datastudio.core.query.jdbc.internal.TableScope;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** A statement of a user or a model that is read to its end once the gate has let it through. Not thread-safe. */
final class GuardedQuery {
    private final SourceSpec spec;
    private final Connection connection;
    private final Supplier<QueryEngine> duckDb;

    /** @param duckDb opens the engine that judges statements over a DuckDB file */
    GuardedQuery(SourceSpec spec, Connection connection, Supplier<QueryEngine> duckDb) {
        this.spec = spec;
        this.connection = connection;
        this.duckDb = duckDb;
    }

    /** The dialect whose gate judges statements. */
    static SqlDialect dialect(SourceSpec spec, Product product) {
        return switch (product) {
            case POSTGRESQL -> SqlDialect.POSTGRESQL;
            case MARIADB, MYSQL -> SqlDialect.MYSQL;
            case SQLITE -> SqlDialect.SQLITE;
            case SQLSERVER -> SqlDialect.SQLSERVER;
            case DUCKDB, OTHER ->
                throw new StudioException(
                        ErrorCode.SOURCE_INVALID,
                        "Statements can't be checked for the database of the source "
                                + StudioException.quote(spec.name()),
                        "Import its tables, then ask about these");
        };
    }

    <T> T read(String sql, long maxRows, Cancellation cancellation, Selection.Work<T> work) throws SQLException {
        if (spec.kind() == SourceKind.DUCKDB) {
            try (QueryEngine engine = duckDb.get()) {
                engine.describe(Query.of(sql));
            }
            // The same parser judged it, and this connection can reach nothing but the file.
            return read(connection, sql, maxRows, cancellation, work);
        }
        SqlDialect dialect = dialect(spec, Product.of(connection));
        DialectGate.Admitted admitted = new DialectGate(dialect, TableScope.everything(dialect)).check(sql);
        if (admitted.parameters() > 0) {
            throw new StudioException(
                    ErrorCode.SQL_INVALID,
                    "The statement has " + admitted.parameters() + " parameters, and an import gives no values",
                    "Write the values into the statement");
        }
        try (ReadOnlySession session =
                ReadOnlySession.begin(connection, dialect, spec.readTimeout(), ReadOnlySession.Clock.FETCH)) {
            assert session != null;
            return read(connection, admitted.sql(), maxRows, cancellation, work);
        }
    }

    private static <T> T read(
            Connection open, String sql, long maxRows, Cancellation cancellation, Selection.Work<T> work)
            throws SQLException {
        return Selection.ofQuery(open, sql, maxRows, cancellation).read(work);
    }
}
