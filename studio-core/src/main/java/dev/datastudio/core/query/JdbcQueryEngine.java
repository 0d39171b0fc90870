package dev.datastudio.core.query;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.internal.StatementWatch;
import dev.datastudio.core.query.jdbc.internal.DialectGate;
import dev.datastudio.core.query.jdbc.internal.JdbcErrors;
import dev.datastudio.core.query.jdbc.internal.JdbcRun;
import dev.datastudio.core.query.jdbc.internal.ReadOnlySession;
import dev.datastudio.core.query.jdbc.internal.TableScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Answers SQL with a database reached over JDBC: PostgreSQL, MySQL, MariaDB, SQLite or SQL Server.
 *
 * <p>A statement passes a gate first, which knows the dialect's functions by name and sends its own writing of what it
 * understood, never the text itself; then it runs in a transaction that can't write, or on SQL Server, which has none,
 * in one that is always rolled back, with an end in time. Neither
 * replaces an account that may only read: give the data source one. Thread-safe; each call takes a connection of its own
 * and gives it back with the settings it had. The data source stays open.
 *
 * <p>Rows are fetched bit by bit; those beyond the limit are counted and forgotten.
 */
public final class JdbcQueryEngine implements QueryEngine {
    private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REPEAT = Duration.ofMillis(500);

    private final DataSource connections;
    private final SqlDialect dialect;
    private final String name;
    private final String version;
    private final DialectGate gate;
    private final Object lock = new Object();
    private final Set<StatementWatch> running = new HashSet<>();
    private boolean closed;

    private JdbcQueryEngine(
            DataSource connections, SqlDialect dialect, String name, String version, TableScope tables) {
        this.connections = connections;
        this.dialect = dialect;
        this.name = name;
        this.version = version;
        this.gate = new DialectGate(dialect, tables);
    }

    /**
     * An engine over all tables that the account may read, but those of the database itself.
     *
     * @param connections where connections come from, a pool as a rule; needs a read-only account
     * @param dialect not {@link SqlDialect#DUCKDB}, which has an engine of its own
     * @param name how the source is called in errors
     * @throws StudioException with {@link ErrorCode#SOURCE_UNREACHABLE} when there is no connection
     * @throws IllegalArgumentException for DuckDB
     */
    public static JdbcQueryEngine over(DataSource connections, SqlDialect dialect, String name) {
        return new JdbcQueryEngine(
                connections, dialect, name, version(connections, name), TableScope.everything(dialect));
    }

    /**
     * This engine, only over some tables; safer than all.
     *
     * @param tables as the database stores their names; those of another schema as {@code schema.table}
     */
    public JdbcQueryEngine readingOnly(Collection<String> tables) {
        return new JdbcQueryEngine(connections, dialect, name, version, TableScope.of(dialect, tables));
    }

    private static String version(DataSource connections, String name) {
        try (Connection connection = connections.getConnection()) {
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw JdbcErrors.unreachable(name, e);
        }
    }

    /** The dialect: {@code postgresql}, {@code mysql}, {@code sqlite} or {@code sqlserver}. */
    @Override
    public String name() {
        return dialect.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String version() {
        return version;
    }

    /**
     * @throws IllegalStateException if the engine is closed
     * @throws StudioException also with {@link ErrorCode#SOURCE_UNREACHABLE}
     */
    @Override
    public QueryResult execute(Query query, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        return call(query, query.limits().timeout(), cancellation, JdbcRun::execute);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the engine is closed
     * @throws StudioException also with {@link ErrorCode#SOURCE_UNREACHABLE}
     */
    @Override
    public long stream(Query query, RowConsumer rows, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        return call(
                query,
                query.limits().timeout(),
                cancellation,
                (run, asked, admitted) -> run.stream(asked, admitted, rows));
    }

    /**
     * Types of computed columns are as the database tells them before it runs the statement; SQLite tells none.
     *
     * @throws IllegalStateException if the engine is closed
     * @throws StudioException also with {@link ErrorCode#SOURCE_UNREACHABLE}
     */
    @Override
    public List<ResultColumn> describe(Query query) {
        return call(query, DESCRIBE_TIMEOUT, Cancellation.none(), JdbcRun::describe);
    }

    private <T> T call(Query query, Duration timeout, Cancellation cancellation, Work<T> work) {
        try (StatementWatch watch = new StatementWatch(timeout, cancellation, REPEAT)) {
            enter(watch);
            try {
                return inSession(query, timeout, watch, work);
            } finally {
                leave(watch);
            }
        }
    }

    private <T> T inSession(Query query, Duration timeout, StatementWatch watch, Work<T> work) {
        DialectGate.Admitted admitted = gate.check(query.sql());
        try (ReadOnlySession session = session(timeout)) {
            try {
                T answer = work.run(new JdbcRun(session, watch), query, admitted);
                watch.close();
                return answer;
            } catch (SQLException e) {
                watch.close();
                watch.throwIfStopped();
                throw session.error(e, name);
            }
        } catch (SQLException e) {
            throw JdbcErrors.unreachable(name, e);
        }
    }

    private ReadOnlySession session(Duration timeout) throws SQLException {
        return ReadOnlySession.begin(connections.getConnection(), dialect, timeout, ReadOnlySession.Clock.STATEMENT);
    }

    private void enter(StatementWatch watch) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The query engine is closed");
            }
            running.add(watch);
        }
    }

    private void leave(StatementWatch watch) {
        synchronized (lock) {
            running.remove(watch);
        }
    }

    /** Stops the running calls, which fail with code {@code CANCELLED}; the data source stays open. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            running.forEach(StatementWatch::engineClosed);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(JdbcRun run, Query query, DialectGate.Admitted admitted) throws SQLException;
    }
}
